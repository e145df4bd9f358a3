package io.notagenbench.cli;

import java.util.Map;

/**
 * What one setting is predicted to take, and where it fits.
 *
 * @param model          value of {@code -p model=}
 * @param precision      of its weights
 * @param patchLength    context window in patches
 * @param device         one card, or two that share the layers; the bytes are those of the one that takes more
 * @param weightBytes    its weights
 * @param pieceBytes     caches and workspace of each piece that is decoded
 * @param cardBytes      all of it on a card, for one piece
 * @param largestBatches the most pieces that can be decoded together, by card and, last, in this machine's main memory;
 *                       0 where not even one fits
 */
record FitRow(String model, String precision, int patchLength, String device, long weightBytes, long pieceBytes, long cardBytes,
        Map<String, Long> largestBatches) {
}
