package io.notagenbench.decoding;

import java.util.List;

/**
 * What the char level of a decoder has done so far.
 *
 * @param passes         forward passes
 * @param rows           positions run in them
 * @param byDepth        drafts by their place in a pass, the first behind the newest character in front
 * @param lookupDrafted  of the drafted characters, those after a context of at least 8 characters that was met before
 * @param lookupAccepted of these, the right ones
 */
public record CharWork(long passes, long rows, List<Drafts> byDepth, long lookupDrafted, long lookupAccepted) {

    /**
     * Drafts in one place of a pass. Only those whose predecessors were right are counted: whether the others
     * were right is not known.
     *
     * @param drafted  characters drafted
     * @param accepted drafts that were right
     */
    public record Drafts(long drafted, long accepted) {

        Drafts plus(boolean right) {
            return new Drafts(drafted + 1, accepted + (right ? 1 : 0));
        }
    }

    public CharWork {
        byDepth = List.copyOf(byDepth);
    }

    /** Characters drafted. */
    public long drafted() {
        return byDepth.stream().mapToLong(Drafts::drafted).sum();
    }

    /** Drafts that were right. */
    public long accepted() {
        return byDepth.stream().mapToLong(Drafts::accepted).sum();
    }
}
