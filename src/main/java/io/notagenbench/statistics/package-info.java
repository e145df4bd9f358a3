/**
 * What may be said of a measured number. JMH gives a list of samples for each fork, a process of its own. Samples of one
 * fork share its memory layout and its compiled code, so they are no independent measurements of the benchmark; forks are.
 *
 * <ul>
 * <li>The mean is the mean of the forks' means.
 * <li>The standard deviation is that of a sample (n - 1), over all samples. It is divided into the part within forks
 * (pooled) and the part between them: the variance component of a one-way random-effects model, {@code (MSB - MSW) / n0},
 * none where that is negative (Searle, Casella and McCulloch, Variance Components, 1992).
 * <li>The interval is Student's, with Commons Math's t distribution: over the means of the forks where there are two or
 * more, otherwise over the samples of the one fork. The second says nothing of another process, and says so by its basis.
 * <li>A trend is looked for by Mann and Kendall's test, with ties corrected, summed over the forks as Hirsch, Slack and
 * Smith (1982) sum it over seasons; its size is Theil and Sen's slope. A fork that is still getting faster or slower was
 * not warm.
 * </ul>
 */
package io.notagenbench.statistics;
