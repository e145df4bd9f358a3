package io.notagenbench.service;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The flights that are under way, so that equal requests at one time are one (single flight), in front of whatever cache there
 * is. A cache of futures would do that for whole texts; here those who come later see each patch as it is written, too.
 */
final class Flights {

    private final Optional<TextCache> cache;
    private final ConcurrentMap<String, Flight> underWay = new ConcurrentHashMap<>();

    Flights(Optional<TextCache> cache) {
        this.cache = cache;
    }

    /** Whether equal requests are of use to each other. */
    boolean areShared() {
        return cache.isPresent();
    }

    /**
     * Lets an answer follow the flight of its order.
     *
     * @param key  of its text
     * @param loop decodes a text that is not there
     */
    void board(Answer answer, Optional<String> key, DecodeLoop loop) {
        if (key.isEmpty()) {
            Flight alone = new Flight(answer.order(), key, over -> { });
            answer.follow(alone, true);
            take(alone, loop);
            return;
        }
        Flight[] own = new Flight[1];
        underWay.compute(key.get(), (same, flight) -> {
            if (flight != null && answer.follow(flight, false)) {
                return flight;
            }
            own[0] = new Flight(answer.order(), key, this::over);
            answer.follow(own[0], true);
            return own[0];
        });
        if (own[0] == null) {
            answer.wake();
        } else {
            lead(own[0], key.get(), loop);
        }
    }

    private void lead(Flight flight, String key, DecodeLoop loop) {
        Optional<Written> known = cache.flatMap(texts -> texts.get(key));
        if (known.isPresent()) {
            flight.end(known.get());
        } else {
            take(flight, loop);
        }
    }

    private static void take(Flight flight, DecodeLoop loop) {
        try {
            loop.take(flight);
        } catch (Refusal e) {
            flight.fail(e);
        }
    }

    private void over(Flight flight) {
        String key = flight.key().orElseThrow();
        if (flight.written() != null && !flight.isStored()) {
            cache.ifPresent(texts -> texts.put(key, flight.written()));
        }
        underWay.remove(key, flight);
    }
}
