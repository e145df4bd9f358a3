/**
 * Holds two sets of runs against each other, cell by cell. A fork is the unit of evidence: iterations of one JVM share
 * its compiled code and its memory layout, so they say nothing of the next JVM.
 */
package io.notagenbench.compare;
