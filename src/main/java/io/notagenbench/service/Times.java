package io.notagenbench.service;

/**
 * When what happened to a flight, as {@link System#nanoTime} tells it; 0 where it has not happened.
 *
 * @param arrived    the request was read
 * @param entered    it got a slot
 * @param firstDraw  its first character was drawn
 * @param firstPatch its first patch was written
 * @param ended      its text was whole
 */
record Times(long arrived, long entered, long firstDraw, long firstPatch, long ended) {

    /** Seconds from the arrival to a slot; 0 for one that needed none. */
    double queue() {
        return seconds(arrived, entered);
    }

    double prefill() {
        return seconds(entered, firstDraw);
    }

    double firstPatchAlone() {
        return seconds(firstDraw, firstPatch);
    }

    /** Seconds from the arrival to the first patch. */
    double toFirstPatch() {
        return seconds(arrived, firstPatch);
    }

    double total() {
        return seconds(arrived, ended);
    }

    private static double seconds(long from, long to) {
        return from == 0 || to == 0 ? 0 : (to - from) / 1e9;
    }
}
