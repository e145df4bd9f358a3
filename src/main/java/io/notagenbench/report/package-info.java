/** Says what a run found: the numbers of its cells, what follows from them, and how well they fit together. */
package io.notagenbench.report;
