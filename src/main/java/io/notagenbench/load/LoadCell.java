package io.notagenbench.load;

import io.notagenbench.fault.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a benchmark says about a load, in words of {@code -p}.
 *
 * @param rate       {@code closed} for as many clients as pieces are decoded together, or as {@code --rates} takes it
 * @param popularity as {@code --popularity} takes it
 * @param requests   measured requests
 */
public record LoadCell(String rate, String popularity, String requests) {

    /** As many clients as pieces are decoded together. */
    public static final String CLOSED = "closed";

    private static final int RAMP_SHARE = 5;
    private static final String CACHE = "cache";

    /** Why a cell of a benchmark with a service cannot run; empty where it can, or has no service. */
    public static Optional<Fault> fault(Map<String, String> params) {
        if (params.containsKey("rate")) {
            try {
                new LoadCell(params.get("rate"), params.getOrDefault("popularity", "unique"), params.getOrDefault("requests", "100")).check();
            } catch (Fault e) {
                return Optional.of(e);
            }
        }
        return params.containsKey(CACHE) ? ServiceUnderTest.refusal(params.get(CACHE)).map(Fault::failed) : Optional.empty();
    }

    private void check() {
        load(1);
        Popularity.of(popularity);
        phases();
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
