package io.notagenbench.service;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.IntSupplier;

/** What the service counts, in the text form of Prometheus. */
final class Metrics {

    static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final double[] SHORT = {.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};
    private static final double[] LONG = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1200};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests = counter("notagen_requests", "Answers to POST /v1/completions, by HTTP status.", "code");
    private final Counter texts = counter("notagen_cache_requests",
            "Texts by where they came from: hit, miss, shared with an equal request, or bypass where a cache is of no use.", "result");
    private final Counter pieces = counter("notagen_pieces",
            "Pieces by how they ended: ended by the model, stopped by a limit, dropped by their client, late, or failed.", "outcome");
    private final Counter patches = counter("notagen_patches", "Patches decoded, those of pieces that were dropped included.");
    private final Counter characters = counter("notagen_characters", "Characters of whole texts.");
    private final Counter rounds = counter("notagen_rounds", "Rounds of the decoder; patches over rounds is how many pieces share one.");
    private final Counter drafted = counter("notagen_drafts", "Characters drafted, with decoding=speculative.");
    private final Counter accepted = counter("notagen_drafts_accepted", "Drafts of characters that were right.");
    private final Counter engineFailures = counter("notagen_engine_failures", "Rounds in which the engine failed.");
    private final Histogram queue = histogram("notagen_queue_seconds", "From the arrival of a request to a slot.", LONG);
    private final Histogram firstPatch = histogram("notagen_first_patch_seconds", "From the arrival of a request to its first patch.", LONG);
    private final Histogram patch = histogram("notagen_patch_seconds", "Between the patches of a piece, in the mean of the piece.", SHORT);
    private final Histogram total = histogram("notagen_piece_seconds", "From the arrival of a request to the end of its text.", LONG);

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
    }

    private Histogram histogram(String name, String help, double... bounds) {
        return Histogram.builder().name(name).help(help).classicOnly().classicUpperBounds(bounds).register(registry);
    }

    private void gauge(String name, String help, IntSupplier value) {
        GaugeWithCallback.builder().name(name).help(help).callback(gauge -> gauge.call(value.getAsInt())).register(registry);
    }

    /** Tells the state of a loop, too. */
    void watch(DecodeLoop loop) {
        gauge("notagen_queue_waiting", "Requests that wait for a slot.", loop::waiting);
        gauge("notagen_slots", "Pieces that can be decoded together.", loop::slots);
        gauge("notagen_slots_busy", "Pieces that are being decoded.", loop::busy);
        gauge("notagen_ready", "1 where requests are taken.", () -> loop.gone().isPresent() || loop.isDraining() ? 0 : 1);
    }

    void answered(int status) {
        requests.labelValues(String.valueOf(status)).inc();
    }

    void text(String origin) {
        texts.labelValues(origin).inc();
    }

    void round(int decoded) {
        rounds.inc();
        patches.inc(decoded);
    }

    void drafts(long more, long right) {
        drafted.inc(more);
        accepted.inc(right);
    }

    void written(Flight flight) {
        Times times = flight.times();
        pieces.labelValues(flight.written().ended() ? "ended" : "stopped").inc();
        characters.inc(flight.characters());
        queue.observe(times.queue());
        firstPatch.observe(times.toFirstPatch());
        total.observe(times.total());
        if (flight.length() > 1) {
            patch.observe((times.total() - times.toFirstPatch()) / (flight.length() - 1));
        }
    }

    void dropped() {
        pieces.labelValues("dropped").inc();
    }

    void late() {
        pieces.labelValues("late").inc();
    }

    void failed() {
        pieces.labelValues("failed").inc();
    }

    void engineFailed() {
        engineFailures.inc();
    }

    byte[] text() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape(), EscapingScheme.DEFAULT);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can be written", e);
        }
        return text.toByteArray();
    }
}
