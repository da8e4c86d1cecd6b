#include "table.h"

#include <stdlib.h>
#include <string.h>

#define LINE_MAX_BYTES 256

static int read_line(FILE *in, char *line) {
    if (fgets(line, LINE_MAX_BYTES, in) == NULL) return 0;
    line[strlen(line) - 1] = '\0';
    return 1;
}

static void push(struct column *column, double value) {
    if (column->count > column->capacity) {
        column->capacity = column->capacity * 2;
        column->values = realloc(column->values, column->capacity);
    }
    column->values[column->count++] = value;
}

static int add_cell(struct column *column, const char *cell) {
    char *end;
    if (*cell == '\0') {
        column->empty++;
        return 1;
    }
    double value = strtod(cell, &end);
    if (end == cell) return 0;
    push(column, value);
    return 1;
}

static void read_header(struct table *table, char *line) {
    for (char *name = strtok(line, ","); name != NULL; name = strtok(NULL, ",")) {
        table->columns = realloc(table->columns, (table->count + 1) * sizeof *table->columns);
        struct column *column = &table->columns[table->count++];
        column->name = name;
        column->capacity = 16;
        column->values = malloc(column->capacity);
    }
}

size_t table_read(struct table *table, FILE *in) {
    char line[LINE_MAX_BYTES];
    size_t number = 1;
    table->columns = NULL;
    table->count = 0;
    if (!read_line(in, line)) return 1;
    read_header(table, line);
    while (read_line(in, line)) {
        number++;
        size_t index = 0;
        for (char *cell = strtok(line, ","); cell != NULL; cell = strtok(NULL, ",")) {
            if (!add_cell(&table->columns[index++], cell)) return number;
        }
        if (index != table->count) return number;
    }
    return 0;
}

void table_free(struct table *table) {
    for (size_t i = 0; i < table->count; i++) {
        free(table->columns[i].name);
        free(table->columns[i].values);
    }
    free(table->columns);
}
