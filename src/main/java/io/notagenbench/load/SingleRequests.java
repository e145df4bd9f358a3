package io.notagenbench.load;

import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One client that asks for pieces of one patch, one after the other. */
public final class SingleRequests {

    private static final int PATCHES = 1;
    /** A text of every run is compared, and more than these say nothing new. */
    private static final int COMPARED = 50;

    private final Parameters parameters;
    private final Requests requests;
    private final HttpSender sender;
    private final Map<Wanted, String> texts = new LinkedHashMap<>();

    /** @param parameters how the service runs its model */
    public SingleRequests(URI server, Parameters parameters) {
        ServerModel model = ServerModel.ask(server);
        this.parameters = parameters.with(Parameter.DECODING, Optional.ofNullable(model.decoding()).orElse(Parameter.DECODING.defaultValue()))
                .with(Parameter.PATCH_LENGTH, String.valueOf(model.patchLength()));
        LoadSettings settings = new LoadSettings(this.parameters, List.of(PATCHES), List.of(), Arrivals.CONSTANT, Popularity.of("unique"),
                new Phases(0, 2), new Slo(0, 0, 0), 0, 0);
        requests = new Requests(settings, this.parameters, model.id());
        sender = new HttpSender(server, requests::body, Duration.ofMinutes(1));
    }

    /**
     * Waits for the whole text of a piece.
     *
     * @param origin where it must come from, as {@code X-Cache} says; empty where this is open
     * @return the header
     */
    public String ask(long seed, String origin) {
        Wanted wanted = new Wanted(seed, PATCHES);
        Reply reply = sender.send(wanted).join();
        Answered answered = Answered.of(new Sent(wanted, 0, 0, reply));
        if (!answered.isWhole()) {
            throw Fault.failed("The service gave no text: " + answered.failure().orElseThrow() + ".");
        }
        if (!origin.isEmpty() && !reply.cache().equals(origin)) {
            throw Fault.failed("A text that should be a " + origin + " was a " + reply.cache() + ".");
        }
        if (texts.size() < COMPARED) {
            texts.put(wanted, answered.text());
        }
        return reply.cache();
    }

    /**
     * Compares texts with those that the engine writes alone.
     *
     * @throws Fault (failed) that begins with {@code WRONG_OUTPUT} if one differs
     */
    public void compare() {
        AloneTexts.of(texts.keySet(), parameters, requests).forEach((wanted, text) -> {
            if (!texts.get(wanted).equals(text)) {
                throw Fault.failed(Outcome.WRONG_OUTPUT, "the service wrote for seed " + wanted.seed() + "\n" + texts.get(wanted)
                        + "\nthe engine alone writes\n" + text);
            }
        });
    }
}
