#ifndef TABLE_H
#define TABLE_H

#include <stddef.h>
#include <stdio.h>

/* One column of a CSV file: its name and its numbers. Empty cells are counted, not stored. */
struct column {
    char *name;
    double *values;
    size_t count;
    size_t capacity;
    size_t empty;
};

struct table {
    struct column *columns;
    size_t count;
};

/* Reads a whole table; 0, or the number of the first bad line (the header is line 1). */
size_t table_read(struct table *table, FILE *in);

void table_free(struct table *table);

#endif
