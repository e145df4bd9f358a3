package io.notagenbench.document;

/**
 * A piece of music.
 *
 * @param caption which piece
 * @param abc     its text in ABC notation, rests put back
 */
public record Score(String caption, String abc) implements Block {

    @Override
    public boolean isEmpty() {
        return abc.isEmpty();
    }
}
