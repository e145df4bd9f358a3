package io.notagenbench.service;

import io.notagenbench.abc.RestRestorer;
import io.notagenbench.abc.WholeBars;
import io.notagenbench.fault.Fault;

/** The ABC of a growing text that can be played: its finished bars, with their rests put back. It only grows at its end. */
final class Playable {

    private final boolean wanted;
    private final StringBuilder raw;
    private int told;

    /** @param order where it does not want ABC, nothing is done and nothing told */
    Playable(Order order) {
        wanted = order.abc();
        raw = new StringBuilder(order.prompt());
    }

    /** Adds a patch; returns what is new of the ABC. */
    String add(String patch) {
        raw.append(patch);
        return !wanted || patch.indexOf('\n') < 0 ? "" : news(WholeBars.of(raw.toString()));
    }

    /** The rest, of a text that is whole. */
    String end(boolean byModel) {
        return !wanted ? "" : news(byModel ? raw.toString() : WholeBars.of(raw.toString()));
    }

    private String news(String music) {
        try {
            String abc = RestRestorer.restore(music);
            String news = abc.substring(Math.min(told, abc.length()));
            told = Math.max(told, abc.length());
            return news;
        } catch (Fault e) {
            // no whole bar yet, or music whose rests nobody can count: what was told stays
            return "";
        }
    }
}
