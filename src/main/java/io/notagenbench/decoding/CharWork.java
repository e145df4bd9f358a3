package io.notagenbench.decoding;

/**
 * What the char level of a decoder has done so far.
 *
 * @param passes         forward passes
 * @param rows           positions run in them
 * @param drafted        characters drafted
 * @param accepted       drafts that were right
 * @param lookupDrafted  of the drafted ones, those after a context of at least 8 characters that was met before
 * @param lookupAccepted of these, the right ones
 */
public record CharWork(
        long passes, long rows, long drafted, long accepted, long lookupDrafted, long lookupAccepted) {
}
