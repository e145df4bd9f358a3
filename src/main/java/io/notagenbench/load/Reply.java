package io.notagenbench.load;

import java.util.List;
import java.util.Optional;

/**
 * What came back on the wire.
 *
 * @param status  of HTTP; 0 where there was none
 * @param cache   the header {@code X-Cache}; empty where there is none
 * @param lines   of the body, without empty ones
 * @param ended   when the last byte was there, or the failure
 * @param failure what the connection ended with, if not well
 */
record Reply(int status, String cache, List<Line> lines, long ended, Optional<String> failure) {

    /** @param at when it was there, by the clock of the generator */
    record Line(long at, String text) {
    }
}
