/** Profilers for JMH's {@code -prof}. */
package io.notagenbench.profiler;
