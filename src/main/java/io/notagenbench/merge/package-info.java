/**
 * Makes one folder of the folders of many machines. Each row is in it once and keeps the name of the run that it comes from. The
 * result is read like the folder of a run.
 *
 * <p>Start with {@link io.notagenbench.merge.Merge}, which chooses the rows; {@link io.notagenbench.merge.MergedFolder} writes them
 * and {@link io.notagenbench.merge.Scrubber} takes the names of hosts out. This package knows the format of results alone.
 */
package io.notagenbench.merge;
