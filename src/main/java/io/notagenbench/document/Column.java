package io.notagenbench.document;

/**
 * A column of a table.
 *
 * @param name    its heading, with the unit
 * @param numeric whether its fields are numbers, which are aligned to the right
 */
public record Column(String name, boolean numeric) {
}
