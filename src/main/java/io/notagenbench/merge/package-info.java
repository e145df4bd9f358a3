/**
 * Makes one folder of the folders of many machines: each row once, and of each row the run that it comes from. The result
 * is read like the folder of a run.
 */
package io.notagenbench.merge;
