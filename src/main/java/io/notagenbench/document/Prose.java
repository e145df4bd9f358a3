package io.notagenbench.document;

/**
 * A paragraph of plain text.
 *
 * @param text without markup
 */
public record Prose(String text) implements Block {

    @Override
    public boolean isEmpty() {
        return text.isEmpty();
    }
}
