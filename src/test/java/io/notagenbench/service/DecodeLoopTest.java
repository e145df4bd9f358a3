package io.notagenbench.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.BatchSession;
import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameters;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A real engine whose calls are made to fail here and there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class DecodeLoopTest {

    private static final String POISON = "L:5/8";

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private NotaGenModel model;
    private DecodeLoop loop;
    private Thread thread;
    private Metrics metrics;

    @BeforeAll
    void open() {
        try (Weights weights = ModelSource.open("tiny")) {
            model = BackendProvider.of("onnx").open(EngineSettings.of(Parameters.defaults().with(RunningService.ONE_THREAD)), weights);
        }
    }

    @AfterAll
    void close() {
        model.close();
    }

    @AfterEach
    void stop() throws InterruptedException {
        loop.drain(Duration.ZERO);
        thread.join();
    }

    /** @param fails whether a prefill of these ids fails */
    private void start(int slots, Predicate<String> fails) {
        complaints.clear();
        metrics = new Metrics();
        loop = new DecodeLoop(() -> Rounds.open(new Failing(model, fails), slots, 64), order(0, "none").piece(), slots, 16, Duration.ZERO,
                metrics, complaints::add);
        thread = new Thread(loop::run);
        thread.start();
    }

    private static Order order(int seed, String prompt) {
        GenerationSettings piece = new OrderReader(Parameters.defaults(), "tiny")
                .read(("{\"patches\":30,\"seed\":" + seed + ",\"prompt\":\"" + prompt + "\"}").getBytes(StandardCharsets.US_ASCII))
                .piece();
        return new Order(piece, Defaults.WORK, 0, true, false, false, false, false);
    }

    private Flight send(int seed, String prompt) {
        Flight flight = new Flight(order(seed, prompt), Optional.empty(), over -> { });
        loop.take(flight);
        return flight;
    }

    private static Flight.News end(Flight flight) throws InterruptedException {
        while (!flight.isOver()) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
        return flight.news(0, Integer.MAX_VALUE);
    }

    private List<String> texts(List<Flight> flights) throws InterruptedException {
        List<String> texts = new ArrayList<>();
        for (Flight flight : flights) {
            texts.add(end(flight).written().map(written -> String.join("", written.patches())).orElse("none"));
        }
        return texts;
    }

    @Test
    void aPieceThatTheEngineFailsOnEndsAloneAndTheOthersAreWhatTheyWere() throws Exception {
        start(4, text -> false);
        List<String> expected = texts(List.of(send(1, "none"), send(2, "Baroque/Bach/Choral"), send(3, "none")));
        stop();

        start(4, text -> text.contains(POISON));
        List<Flight> good = new ArrayList<>(List.of(send(1, "none"), send(2, "Baroque/Bach/Choral")));
        Flight bad = send(7, "%Romantic\\n" + POISON + "\\nK:C\\n");
        good.add(send(3, "none"));

        Refusal refusal = end(bad).failure().orElseThrow();
        assertThat(refusal.status()).isEqualTo(500);
        assertThat(refusal).hasMessage("The engine failed on this piece: it was made to fail.");
        assertThat(texts(good)).isEqualTo(expected).doesNotContain("none");
        assertThat(loop.gone()).isEmpty();
        assertThat(complaints).isNotEmpty().allSatisfy(complaint -> assertThat(complaint).contains("it was made to fail"));
        assertThat(new String(metrics.text(), StandardCharsets.UTF_8)).contains("notagen_pieces_total{outcome=\"failed\"} 1.0");
    }

    @Test
    void onePieceAfterTheOtherFailsAloneToo() throws Exception {
        start(1, text -> text.contains(POISON));
        Flight bad = send(7, "%Romantic\\n" + POISON + "\\nK:C\\n");
        Flight good = send(1, "none");
        assertThat(end(bad).failure().orElseThrow().status()).isEqualTo(500);
        assertThat(end(good).written()).isPresent();
    }

    @Test
    void anEngineThatFailsOnEverythingIsGone() throws Exception {
        start(2, text -> true);
        assertThat(end(send(1, "Baroque/Bach/Choral")).failure().orElseThrow().status()).isEqualTo(500);
        thread.join();
        assertThat(loop.gone()).contains("The engine is gone: it was made to fail.");
        assertThatThrownBy(() -> send(3, "none")).isInstanceOf(Refusal.class).hasMessage("The engine is gone: it was made to fail.");
    }

    /** A model whose sessions fail where they are told to. */
    private record Failing(NotaGenModel model, Predicate<String> fails) implements NotaGenModel {

        @Override
        public ModelConfig config() {
            return model.config();
        }

        @Override
        public EngineSettings settings() {
            return model.settings();
        }

        @Override
        public EngineSession newSession(int window) {
            return failing(EngineSession.class, model.newSession(window));
        }

        @Override
        public BatchSession newBatch(int slots, int window) {
            return failing(BatchSession.class, model.newBatch(slots, window));
        }

        @Override
        public void close() {
            throw new IllegalStateException("the model is not the loop's");
        }

        private <T> T failing(Class<T> type, T session) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                if (arguments != null && method.getName().matches("prefill|forwardPatches|stepPatches")) {
                    for (Object argument : arguments) {
                        if (argument instanceof int[] ids && fails.test(new String(ids, 0, Math.min(ids.length, 400)))) {
                            throw new IllegalStateException("it was made to fail");
                        }
                    }
                }
                try {
                    return method.invoke(session, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            }));
        }
    }
}
