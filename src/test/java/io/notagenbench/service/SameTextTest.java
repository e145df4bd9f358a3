package io.notagenbench.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.notagenbench.abc.Prompt;
import io.notagenbench.abc.RestRestorer;
import io.notagenbench.abc.WholeBars;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.Piece;
import io.notagenbench.generate.PieceGenerator;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Parameters;
import io.notagenbench.sampling.SamplerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Over HTTP, many at a time, a text is to the character what {@code generate --raw} writes alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameTextTest {

    private static final int REQUESTS = 200;
    private static final int CLIENTS = 24;
    private static final List<String> PROMPTS = List.of("Romantic/Chopin/Keyboard", "Baroque/Bach/Choral", "Classical/Haydn/Chamber",
            "Classical/Mozart/Orchestral", "none", "%Romantic\n%Chopin, Frederic\n%Keyboard\n%%score { 1 | 2 }\nL:1/8\n");

    private RunningService running;
    private NotaGenModel model;
    private PatchDecoder decoder;

    @BeforeAll
    void start() throws InterruptedException {
        running = RunningService.start(8, 64, "none");
        Parameters onnx = Parameters.defaults().with(RunningService.ONE_THREAD);
        try (Weights weights = ModelSource.open("tiny")) {
            model = BackendProvider.of("onnx").open(EngineSettings.of(onnx), weights);
        }
        decoder = PatchDecoders.open(Decoding.CACHED, model, 64);
    }

    @AfterAll
    void stop() {
        running.close();
        decoder.close();
        model.close();
    }

    /** A request and what {@code generate} writes for it. */
    private record Case(String body, boolean stream, String text, boolean ended) {
    }

    private Piece alone(GenerationSettings settings) {
        return new PieceGenerator(settings, decoder).generate();
    }

    /** Prompts, seeds, samplers, windows and limits of all kinds, some with stream cuts, some to the end of the piece. */
    private Case numbered(int number) {
        Prompt prompt = Prompt.sent(PROMPTS.get(number % PROMPTS.size()));
        int window = number % 3 == 0 ? 24 : 64;
        int patches = number % 40 == 0 ? 0 : 1 + number * 7 % 18;
        SamplerSettings sampling = new SamplerSettings(number % 4 == 1 ? 20 : 9, 0.9, number % 5 == 1 ? 0.8 : 1.2);
        boolean stream = number % 2 == 0;
        int characters = number % 7 == 3 ? 20 + number % 60 : 0;
        Piece piece = alone(new GenerationSettings(prompt, window, sampling, number / 2, patches, Optional.empty(),
                GenerationSettings.TIME_LIMIT));
        ObjectNode body = Client.JSON.createObjectNode().put("prompt", PROMPTS.get(number % PROMPTS.size())).put("patch_length", window)
                .put("patches", patches).put("top_k", sampling.topK()).put("temperature", sampling.temperature()).put("seed", number / 2)
                .put("stream", stream).put("echo", true).put("max_tokens", characters);
        int end = characters == 0 ? Integer.MAX_VALUE : prompt.text().length() + characters;
        boolean cutOff = piece.raw().length() >= end;
        return new Case(body.toString(), stream, cutOff ? piece.raw().substring(0, end) : piece.raw(), piece.ended() && !cutOff);
    }

    @Test
    void twoHundredMixedRequestsGetTheTextsOfGenerate() throws Exception {
        List<Case> cases = new ArrayList<>();
        for (int number = 0; number < REQUESTS; number++) {
            cases.add(numbered(number));
        }
        assertThat(cases.stream().map(Case::text).distinct().count()).isGreaterThan(REQUESTS / 2);
        assertThat(cases).filteredOn(Case::ended).isNotEmpty();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> checks = new ArrayList<>();
            cases.forEach(one -> checks.add(clients.submit(() -> {
                check(one);
                return null;
            })));
            for (Future<?> check : checks) {
                check.get();
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(running.client.metric("notagen_patches_total") / running.client.metric("notagen_rounds_total"))
                .as("pieces that were decoded together").isGreaterThan(3);
    }

    private void check(Case expected) throws Exception {
        String text;
        String finish;
        if (expected.stream()) {
            List<JsonNode> events = running.client.stream(expected.body());
            text = Client.text(events);
            finish = events.get(events.size() - 1).at("/choices/0/finish_reason").textValue();
        } else {
            Client.Reply reply = running.client.complete(expected.body());
            text = reply.text();
            finish = reply.body().at("/choices/0/finish_reason").textValue();
        }
        assertThat(text).as(expected.body()).isEqualTo(expected.text());
        assertThat(finish).as(expected.body()).isEqualTo(expected.ended() ? "stop" : "length");
    }

    @Test
    void eachPatchIsAnEventAndCountsAreOnTheLast() throws Exception {
        Piece piece = alone(GenerationSettings.of(Parameters.parse(List.of("seed=3"))));
        List<JsonNode> events = running.client.stream("{\"seed\":3,\"stream\":true,\"stream_options\":{\"include_usage\":true},\"abc\":true}");

        assertThat(events).hasSize(piece.work().patches() + 2);
        assertThat(events).allSatisfy(event -> {
            assertThat(event.get("object").textValue()).isEqualTo("text_completion");
            assertThat(event.at("/choices/0/text").asText().length()).isLessThanOrEqualTo(16);
        });
        JsonNode last = events.get(events.size() - 1);
        assertThat(last.get("choices")).isEmpty();
        int prompt = piece.prompt().text().length();
        assertThat(last.at("/usage/prompt_tokens").intValue()).isEqualTo(prompt);
        assertThat(last.at("/usage/completion_tokens").intValue()).isEqualTo(piece.raw().length() - prompt);
        assertThat(last.at("/usage/total_tokens").intValue()).isEqualTo(piece.raw().length());
        assertThat(last.get("seed").intValue()).isEqualTo(3);
        assertThat(last.at("/timings/patches").intValue()).isEqualTo(piece.work().patches());
        double first = last.at("/timings/queue_ms").doubleValue() + last.at("/timings/prefill_ms").doubleValue()
                + last.at("/timings/first_patch_ms").doubleValue();
        assertThat(first).isPositive().isLessThan(last.at("/timings/total_ms").doubleValue());
        StringBuilder abc = new StringBuilder();
        events.forEach(event -> abc.append(event.at("/choices/0/abc").asText("")));
        assertThat(abc).hasToString(RestRestorer.restore(piece.raw()));
        assertThat(events).filteredOn(event -> event.at("/choices/0").has("abc")).hasSizeGreaterThan(5);
    }

    @Test
    void aStoppedPieceHasTheAbcOfItsWholeBars() {
        Piece piece = alone(GenerationSettings.of(Parameters.parse(List.of("seed=3", "patches=38"))));
        Client.Reply reply = running.client.complete("{\"seed\":3,\"patches\":38,\"abc\":true}");

        assertThat(piece.raw()).doesNotEndWith("\n");
        assertThat(reply.body().at("/choices/0/abc").textValue()).isEqualTo(RestRestorer.restore(WholeBars.of(piece.raw())));
        Client.Reply begun = running.client.complete("{\"seed\":3,\"patches\":2,\"abc\":true}");
        assertThat(begun.status()).isEqualTo(200);
        assertThat(begun.body().at("/choices/0/abc").textValue()).isEmpty();
    }

    @Test
    void aRecordedPieceIsWrittenAsItWasRecorded() {
        Piece piece = alone(GenerationSettings.of(Parameters.parse(List.of("work=two-voices"))));
        assertThat(running.client.complete("{\"work\":\"two-voices\",\"echo\":true,\"seed\":0}").text()).isEqualTo(piece.raw());
    }

    @Test
    void whoGivesNoSeedGetsAnotherPieceEachTimeAndItsSeed() {
        Client.Reply one = running.client.complete("{\"patches\":12}");
        Client.Reply other = running.client.complete("{\"patches\":12}");
        assertThat(one.text()).isNotEqualTo(other.text());
        assertThat(running.client.complete("{\"patches\":12,\"seed\":" + one.body().get("seed") + "}").text()).isEqualTo(one.text());
    }

    @Test
    void onePieceAfterTheOtherIsTheSameText() throws Exception {
        try (RunningService single = RunningService.start(1, 8, "none", "decoding=speculative")) {
            String body = "{\"seed\":5,\"patches\":40}";
            List<CompletableFuture<Client.Reply>> replies = List.of(single.client.begin(body), single.client.begin(body));
            String expected = running.client.complete(body).text();
            assertThat(replies).allSatisfy(reply -> assertThat(reply.join().text()).isEqualTo(expected));
            double drafted = single.client.metric("notagen_drafts_total");
            assertThat(single.client.metric("notagen_drafts_accepted_total")).isPositive().isLessThan(drafted);
            assertThat(running.client.metric("notagen_drafts_total")).isZero();
        }
    }
}
