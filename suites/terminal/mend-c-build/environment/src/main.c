/* colstat: reads a CSV table from standard input and prints a line of statistics for each column. */
#include "stats.h"
#include "table.h"

int main(void) {
    struct table table;
    size_t bad_line = table_read(&table, stdin);
    if (bad_line != 0) {
        fprintf(stderr, "colstat: line %zu is bad\n", bad_line);
        return 1;
    }
    for (size_t i = 0; i < table.count; i++) {
        struct column *column = &table.columns[i];
        printf("%s n=%zu empty=%zu", column->name, column->count, column->empty);
        if (column->count > 0) {
            printf(" mean=%.3f median=%.3f sd=%.3f", stats_mean(column->values, column->count),
                   stats_median(column->values, column->count), stats_deviation(column->values, column->count));
        }
        putchar('\n');
    }
    table_free(&table);
    return 0;
}
