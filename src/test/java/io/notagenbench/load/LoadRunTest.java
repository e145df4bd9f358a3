package io.notagenbench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.params.Parameters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs against a server whose answers the test writes. */
@Timeout(60)
class LoadRunTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATCHES = 3;

    @TempDir
    private Path folder;
    private HttpServer server;
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final List<JsonNode> bodies = new ArrayList<>();
    private Map<Wanted, String> texts = Map.of();
    private Script script = (request, text) -> new Scripted(200, "miss", Streams.texts(text));

    /** What the server answers; the text is the right one. */
    private interface Script {

        Scripted answer(int request, String text);
    }

    private record Scripted(int status, String cache, List<String> lines) {
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        String sha256;
        try (Weights weights = ModelSource.open("tiny")) {
            sha256 = weights.hash();
        }
        server.createContext("/v1/models", exchange -> send(exchange, 200, "application/json",
                "{\"data\":[{\"id\":\"tiny\",\"sha256\":\"" + sha256 + "\",\"backend\":\"onnx\",\"decoding\":\"cached\",\"batch\":2}]}"));
        server.createContext("/v1/completions", this::complete);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void complete(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody());
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        synchronized (bodies) {
            bodies.add(body);
        }
        Scripted scripted = script.answer(number.getAndIncrement(),
                texts.getOrDefault(new Wanted(body.get("seed").asLong(), body.get("patches").asInt()), "?"));
        exchange.getResponseHeaders().add("X-Cache", scripted.cache());
        open.decrementAndGet();
        send(exchange, scripted.status(), "text/event-stream", String.join("\n\n", scripted.lines()) + "\n\n");
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static LoadSettings settings(Load load, int requests, String... parameters) {
        return new LoadSettings(Parameters.parse(List.of(parameters)), List.of(PATCHES), List.of(load), Arrivals.POISSON,
                Popularity.of("unique"), new Phases(1, requests), new Slo(10_000, 10_000, 10_000), 2, 0);
    }

    private LoadRun run(LoadSettings settings) {
        return new LoadRun(settings, URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"), "test", line -> { },
                Optional.of(new ResultFolder(folder)));
    }

    /** The right texts of the first pieces, from the engine itself. */
    private void know(LoadSettings settings, int pieces) {
        Requests requests = new Requests(settings, settings.parameters(), "tiny");
        texts = AloneTexts.of(IntStream.range(0, pieces).mapToObj(seed -> new Wanted(seed, PATCHES)).toList(),
                Parameters.parse(List.of("backend=onnx")), requests);
    }

    @Test
    void rightTextsPassAndOneWrongCharacterIsFound() throws Exception {
        LoadSettings settings = settings(new Load.Clients(2), 6);
        know(settings, 13);
        LoadRun right = run(settings);
        right.measure();
        LoadResult result = right.compare();
        assertThat(result.rows().get(0).state()).as(result.rows().get(0).reason()).isEqualTo(RowState.OK);
        assertThat(result.passes()).isTrue();
        assertThat(result.rows().get(0).wrong()).isZero();
        assertThat(result.compared()).isGreaterThanOrEqualTo(7);

        number.set(0);
        script = (request, text) -> new Scripted(200, "hit", Streams.texts(request == 3 ? text.substring(0, 4) + "?" + text.substring(5)
                : text));
        LoadRun wrong = run(settings);
        wrong.measure();
        LoadResult bad = wrong.compare();
        assertThat(bad.rows().get(0).state()).isEqualTo(RowState.WRONG_OUTPUT);
        assertThat(bad.rows().get(0).reason()).startsWith("1 texts are not those of the engine alone; the one of seed ")
                .endsWith(" with 3 patches differs from character 5 on");
        assertThat(bad.passes()).isFalse();
        assertThat(JSON.readTree(folder.resolve(ResultFolder.RESULT).toFile()).at("/rows/0/state").asText()).isEqualTo("WRONG_OUTPUT");
    }

    @Test
    void requestsSayAllThatTheirTextDependsOn() {
        LoadSettings settings = settings(new Load.Clients(1), 2, "seed=5", "temperature=0.9", "topK=3", "topP=0.5", "patchLength=32");
        run(settings).measure();

        JsonNode body = bodies.get(0);
        assertThat(body.get("seed").asLong()).isEqualTo(5);
        assertThat(body.get("patches").asInt()).isEqualTo(PATCHES);
        assertThat(body.get("temperature").asDouble()).isEqualTo(0.9);
        assertThat(body.get("top_k").asInt()).isEqualTo(3);
        assertThat(body.get("top_p").asDouble()).isEqualTo(0.5);
        assertThat(body.get("patch_length").asInt()).isEqualTo(32);
        assertThat(body.get("prompt").asText()).isEqualTo("%Romantic\n%Chopin, Frederic\n%Keyboard\n");
        assertThat(body.get("stream").asBoolean()).isTrue();
        assertThat(body.at("/stream_options/include_usage").asBoolean()).isTrue();
        assertThat(bodies.stream().map(one -> one.get("seed").asLong()).distinct().count()).isEqualTo(bodies.size());
    }

    @Test
    void aClosedLoopHasNoMoreRequestsOpenThanClients() {
        script = (request, text) -> {
            sleep();
            return new Scripted(200, "miss", Streams.texts("x"));
        };
        run(settings(new Load.Clients(3), 12)).measure();

        assertThat(mostOpen).hasValueBetween(1, 3);
    }

    private static void sleep() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsNoWholeTextIsCountedByItsKind() throws Exception {
        List<String> whole = Streams.texts("x");
        List<Scripted> answers = List.of(new Scripted(200, "miss", whole),
                new Scripted(429, "", List.of("{\"error\":{\"message\":\"The queue is full.\"}}")),
                new Scripted(200, "miss", whole.subList(0, 1)),
                new Scripted(200, "miss", List.of(whole.get(0), "data: {\"error\":{\"message\":\"The engine failed.\"}}", "data: [DONE]")),
                new Scripted(200, "miss", List.of("data: {not json", "data: [DONE]")),
                new Scripted(500, "", List.of("no json at all")),
                new Scripted(200, "miss", List.of("data: [DONE]")));
        script = (request, text) -> answers.get(request % answers.size());
        run(settings(new Load.Clients(1), answers.size() - 1)).measure();

        JsonNode row = JSON.readTree(folder.resolve(ResultFolder.RESULT).toFile()).at("/rows/0");
        assertThat(row.get("requests").asInt()).isEqualTo(6);
        assertThat(row.get("whole").asInt()).isZero();
        assertThat(row.get("rejected").asInt()).isEqualTo(1);
        assertThat(row.get("errors").asInt()).isEqualTo(5);
        assertThat(row.get("error").asText()).isEqualTo("the stream has no [DONE]");
        assertThat(row.get("goodput").asDouble()).isZero();
        assertThat(row.get("state").asText()).isEqualTo("ERROR");
    }

    @Test
    void everyRowLeavesItsHistograms() throws Exception {
        run(settings(new Load.Rate(200), 8)).measure();

        List<String> names = new ArrayList<>();
        try (HistogramLogReader log = new HistogramLogReader(folder.resolve("row-1.hlog").toFile())) {
            while (log.hasNext()) {
                Histogram histogram = (Histogram) log.nextIntervalHistogram();
                names.add(histogram.getTag() + " " + histogram.getTotalCount());
            }
        }
        assertThat(names).contains("lag 8", "all-ttft 8", "all-queue 8", "all-total 8", "miss-ttft 8", "ramp-ttft 1");
        assertThat(Files.list(folder)).hasSize(2);
    }

    @Test
    void otherWeightsThanTheServersAreRefused() {
        assertThatThrownBy(() -> run(settings(new Load.Clients(1), 2, "model=small"))).hasMessageContaining("has other weights than"
                + " -p model=small, so texts cannot be compared");
    }

    @Test
    void aServerThatIsNotThereIsTold() {
        server.stop(0);
        assertThatThrownBy(() -> run(settings(new Load.Clients(1), 2))).hasMessageStartingWith("No server answers at http://127.0.0.1:");
    }
}
