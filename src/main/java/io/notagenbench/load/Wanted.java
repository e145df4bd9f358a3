package io.notagenbench.load;

/**
 * What a request asks for. Equal ones have equal texts.
 *
 * @param seed    of the piece
 * @param patches budget of patches; 0 = until the piece ends
 */
record Wanted(long seed, int patches) {
}
