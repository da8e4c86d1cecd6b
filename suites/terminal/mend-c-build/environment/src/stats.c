#include "stats.h"

#include <math.h>
#include <stdlib.h>

static int ascending(const void *left, const void *right) {
    return (int)(*(const double *)left - *(const double *)right);
}

double stats_mean(const double *values, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += values[i];
    return sum / count;
}

double stats_median(double *values, size_t count) {
    qsort(values, count, sizeof *values, ascending);
    return values[count / 2];
}

double stats_deviation(const double *values, size_t count) {
    double mean = stats_mean(values, count), sum = 0;
    for (size_t i = 0; i < count; i++) sum += (values[i] - mean) * (values[i] - mean);
    return sqrt(sum / count);
}
