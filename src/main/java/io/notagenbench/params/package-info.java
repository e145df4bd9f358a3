/** The parameters of the suite, the same in benchmarks and commands. */
package io.notagenbench.params;
