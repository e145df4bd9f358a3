/**
 * Profilers for JMH's {@code -prof}. Start with {@link io.notagenbench.profiler.ProfilerNames}, which lists them.
 * {@code async}, {@code jfr} and {@code perfasm} replace JMH's own and write files; the others extend {@code
 * SamplingProfiler}, read an {@code IterationMeter} during each iteration and add results to a cell.
 *
 * <p>JMH creates profilers in the process that starts forks as well, so a constructor opens no card. This package uses
 * {@code results}, devices and predictions of memory, but no other tool and no backend by name.
 */
package io.notagenbench.profiler;
