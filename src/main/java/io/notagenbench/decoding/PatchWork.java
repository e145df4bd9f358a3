package io.notagenbench.decoding;

/**
 * What the patch level of a decoder has done so far.
 *
 * @param passes   forward passes
 * @param rows     patches run in them, drafts included
 * @param drafted  whole patches drafted and run behind the newest patch
 * @param accepted drafts that were right, so that no pass was needed for them
 */
public record PatchWork(long passes, long rows, long drafted, long accepted) {
}
