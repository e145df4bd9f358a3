package io.notagenbench.document;

import java.util.List;

/**
 * One question and what answers it.
 *
 * @param id       of letters, digits and hyphens, unique in its document
 * @param title    one line
 * @param appendix whether it is for looking things up: a terminal does not show it
 * @param blocks   in reading order
 */
public record Section(String id, String title, boolean appendix, List<Block> blocks) {

    public Section {
        blocks = List.copyOf(blocks);
    }

    /** A section that is read. */
    public static Section of(String id, String title, List<Block> blocks) {
        return new Section(id, title, false, blocks);
    }

    /** Whether nothing in it says anything. */
    public boolean isEmpty() {
        return blocks.stream().allMatch(block -> block instanceof Prose || block.isEmpty());
    }
}
