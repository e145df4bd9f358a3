/**
 * What measured samples say about a benchmark: mean, standard deviation, confidence interval and trend. JMH gives a
 * list of samples for each fork. Samples of one fork share its memory layout and its compiled code, so they are not
 * independent measurements of the benchmark; forks are.
 *
 * <ul>
 * <li>The mean is the mean of the forks' means.
 * <li>The standard deviation is that of a sample (n - 1), over all samples. It is divided into the part within forks
 * (pooled) and the part between them: the variance component of a one-way random-effects model,
 * {@code (MSB - MSW) / n0}, or 0 if that is negative (Searle, Casella and McCulloch, Variance Components, 1992).
 * <li>The interval is Student's: over the means of the forks if there are two or more, otherwise over the samples of
 * the one fork. The second does not hold for another process; {@code basis} says which one it is.
 * <li>Where the number of forks follows from what they gave, as in a sweep with a budget, the interval is that of
 * {@link io.notagenbench.statistics.ConfidenceSequence}, which holds however often one looks.
 * <li>A trend is found with Mann and Kendall's test, with ties corrected, summed over the forks as Hirsch, Slack and
 * Smith (1982) sum it over seasons; its size is Theil and Sen's slope. A fork with a trend was not warm.
 * </ul>
 *
 * <p>Start reading with {@link io.notagenbench.statistics.Samples}. This package uses Commons Math and no other package
 * of the suite.
 */
package io.notagenbench.statistics;
