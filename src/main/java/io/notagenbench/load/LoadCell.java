package io.notagenbench.load;

import io.notagenbench.fault.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a benchmark says about a load, in words of {@code -p}.
 *
 * @param rate       {@code closed} for as many clients as pieces are decoded together, or as {@code --rates} takes it
 * @param popularity as {@code --popularity} takes it
 * @param requests   measured requests
 * @param slo        what a good request meets, as {@code --slo} takes it with {@code +} for the commas
 */
public record LoadCell(String rate, String popularity, String requests, String slo) {

    /** As many clients as pieces are decoded together. */
    public static final String CLOSED = "closed";
    /** What a cell that does not say otherwise has. */
    public static final String DEFAULT_POPULARITY = "unique";
    public static final String DEFAULT_REQUESTS = "100";
    public static final String DEFAULT_SLO = "ttft:1000+gap:200+total:30000";

    private static final int RAMP_SHARE = 5;
    private static final String RATE = "rate";
    private static final String POPULARITY = "popularity";
    private static final String REQUESTS = "requests";
    private static final String SLO = "slo";
    private static final String CACHE = "cache";

    /** The parameters that decide whether a cell with a service can run. */
    public static final Set<String> DECISIVE = Set.of(RATE, POPULARITY, REQUESTS, SLO, CACHE);

    /** Why a cell of a benchmark with a service has a value that is not possible; empty where it has none, or no service. */
    public static Optional<Fault> fault(Map<String, String> params) {
        try {
            if (params.containsKey(RATE)) {
                new LoadCell(params.get(RATE), params.getOrDefault(POPULARITY, DEFAULT_POPULARITY),
                        params.getOrDefault(REQUESTS, DEFAULT_REQUESTS), params.getOrDefault(SLO, DEFAULT_SLO)).check();
            }
            if (params.containsKey(CACHE)) {
                ServiceUnderTest.requireKnown(params.get(CACHE));
            }
            return Optional.empty();
        } catch (Fault e) {
            return Optional.of(e);
        }
    }

    /** What this machine lacks for a cell, in one sentence with the command that installs it; empty where it lacks nothing. */
    public static Optional<String> missing(Map<String, String> params) {
        return ServiceUnderTest.missing(params.getOrDefault(CACHE, ""));
    }

    private void check() {
        load(1);
        Popularity.of(popularity);
        phases();
        level();
    }

    /** What a good request meets. */
    public Slo level() {
        return Slo.ofParameter(slo);
    }

    /** @param batch pieces that are decoded together */
    public Load load(int batch) {
        return rate.equals(CLOSED) ? new Load.Clients(batch) : Load.rates(List.of(rate)).get(0);
    }

    /** With a ramp before them. */
    public Phases phases() {
        if (!requests.matches("\\d{1,6}")) {
            throw Fault.usage("requests=" + requests + " is not possible: give a whole number of 2 or more.");
        }
        int steady = Integer.parseInt(requests);
        return new Phases(1 + steady / RAMP_SHARE, steady);
    }
}
