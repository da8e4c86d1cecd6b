#!/bin/bash
set -e
cd /app
cat > Makefile <<'MAKE'
CC ?= gcc
CFLAGS ?= -O2 -g -Wall -Wextra
OBJECTS = build/main.o build/table.o build/stats.o

colstat: $(OBJECTS)
	$(CC) $(LDFLAGS) -o $@ $^ -lm

build/%.o: src/%.c
	@mkdir -p build
	$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

-include $(OBJECTS:.o=.d)

.PHONY: clean
clean:
	rm -rf colstat build
MAKE
python3 - <<'PY'
from pathlib import Path

table = Path("src/table.c")
source = table.read_text()
start, end = source.index("#define LINE_MAX_BYTES"), source.index("static void push")
source = source[:start] + '''/* The next line without its end, in a buffer that grows with it; 0 at the end of the input. */
static int read_line(FILE *in, char **line, size_t *size) {
    ssize_t length = getline(line, size, in);
    if (length < 0) return 0;
    if (length > 0 && (*line)[length - 1] == '\\n') (*line)[--length] = '\\0';
    if (length > 0 && (*line)[length - 1] == '\\r') (*line)[--length] = '\\0';
    return 1;
}

''' + source[end:]
start = source.index("static void read_header")
end = source.index("void table_free")
source = source[:start] + '''static void read_header(struct table *table, char *line) {
    char *name;
    while ((name = strsep(&line, ",")) != NULL) {
        table->columns = realloc(table->columns, (table->count + 1) * sizeof *table->columns);
        struct column *column = &table->columns[table->count++];
        *column = (struct column){.name = strdup(name)};
    }
}

static int read_row(struct table *table, char *line) {
    size_t index = 0;
    char *cell;
    while ((cell = strsep(&line, ",")) != NULL) {
        if (index == table->count || !add_cell(&table->columns[index++], cell)) return 0;
    }
    return index == table->count;
}

size_t table_read(struct table *table, FILE *in) {
    char *line = NULL;
    size_t size = 0, number = 1, bad = 0;
    table->columns = NULL;
    table->count = 0;
    if (!read_line(in, &line, &size)) bad = 1;
    else read_header(table, line);
    while (bad == 0 && read_line(in, &line, &size)) {
        number++;
        if (!read_row(table, line)) bad = number;
    }
    free(line);
    return bad;
}

''' + source[end:]
source = source.replace("column->count > column->capacity", "column->count == column->capacity")
source = source.replace("column->capacity = column->capacity * 2;", "column->capacity = column->capacity ? column->capacity * 2 : 16;")
source = source.replace("realloc(column->values, column->capacity)", "realloc(column->values, column->capacity * sizeof *column->values)")
source = source.replace("if (end == cell) return 0;", "if (end == cell || *end != '\\0') return 0;")
source = source.replace('#include "table.h"', '#define _GNU_SOURCE\n#include "table.h"', 1)
table.write_text(source)

stats = Path("src/stats.c")
source = stats.read_text()
source = source.replace(
    "return (int)(*(const double *)left - *(const double *)right);",
    "double a = *(const double *)left, b = *(const double *)right;\n    return (a > b) - (a < b);",
)
source = source.replace("return values[count / 2];", "if (count % 2 == 1) return values[count / 2];\n    return (values[count / 2 - 1] + values[count / 2]) / 2;")
stats.write_text(source)
PY
make
