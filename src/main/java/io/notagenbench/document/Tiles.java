package io.notagenbench.document;

import java.util.List;

/**
 * The few numbers that are the answer.
 *
 * @param title what they are the answer to, may be empty
 * @param tiles in order of weight
 */
public record Tiles(String title, List<Tile> tiles) implements Block {

    /**
     * One of them.
     *
     * @param label  what it is
     * @param value  the number with its unit
     * @param detail which setting, and what to know about it
     */
    public record Tile(String label, String value, String detail) {
    }

    public Tiles {
        tiles = List.copyOf(tiles);
    }

    @Override
    public boolean isEmpty() {
        return tiles.isEmpty();
    }
}
