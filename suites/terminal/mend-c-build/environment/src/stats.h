#ifndef STATS_H
#define STATS_H

#include <stddef.h>

/* All three need at least one value. median sorts the values; deviation is that of the whole population. */
double stats_mean(const double *values, size_t count);
double stats_median(double *values, size_t count);
double stats_deviation(const double *values, size_t count);

#endif
