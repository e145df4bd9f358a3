package io.notagenbench.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A running service: it listens before its weights are loaded, so that whoever asks learns that it is not ready yet, and stops
 * when it is told to drain.
 */
public final class Service implements AutoCloseable {

    private static final int MOST_THREADS = 32;
    private static final int LEAST_THREADS = 4;
    private static final long FLUSH_MILLIS = 2_000;

    private final ServiceSettings settings;
    private final EngineSettings engine;
    private final Consumer<String> messages;
    private final Metrics metrics = new Metrics();
    private final Optional<TextCache> cache;
    private final Flights flights;
    private final String modelName;
    private final OrderReader reader;
    private final Set<Answer> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService writers = Executors.newSingleThreadExecutor(task -> daemon(task, "answers"));
    private final Answer.Surroundings surroundings;
    private final Server server;
    private final ServerConnector connector;
    private final Thread work = daemon(this::work, "decode");
    private final CountDownLatch ready = new CountDownLatch(1);
    private final long started = System.currentTimeMillis() / 1_000;
    private volatile Loaded loaded;
    private volatile RuntimeException failure;
    private volatile boolean draining;

    /** What is there once the weights are. */
    private record Loaded(DecodeLoop loop, TextKey keys, ObjectNode model) {
    }

    /**
     * @param messages hears sentences for the person who runs the service
     * @throws Fault (usage) if a setting is wrong
     */
    public Service(ServiceSettings settings, Consumer<String> messages) {
        this.settings = settings;
        this.messages = messages;
        engine = EngineSettings.of(settings.parameters());
        cache = TextCache.open(settings.cache(), messages);
        flights = new Flights(cache);
        String model = settings.parameters().text(Parameter.MODEL);
        Path file = Path.of(model).getFileName();
        modelName = file == null ? model : file.toString();
        reader = new OrderReader(settings.parameters(), modelName);
        surroundings = new Answer.Surroundings(modelName, writers, metrics, settings.unread(), open::remove);
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
        threads.setName("http");
        threads.setDaemon(true);
        server = new Server(threads);
        server.setStopTimeout(0);
        server.setErrorHandler(new SentenceErrors());
        server.setHandler(new Routes(this));
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        server.addConnector(connector);
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setAcceptedSendBufferSize(settings.sendBuffer());
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** What goes wrong before {@link Routes} sees it, such as a request that is not HTTP, as sentences like all others. */
    private static final class SentenceErrors extends ErrorHandler {

        @Override
        protected void generateResponse(Request request, Response response, int code, String message, Throwable cause,
                Callback callback) {
            boolean told = message != null && !HttpStatus.isServerError(code);
            Routes.refuse(response, callback, Refusal.of(code, "http", (told ? message : HttpStatus.getMessage(code)) + "."));
        }
    }

    /**
     * Listens, and begins to load the weights.
     *
     * @throws Fault (failed) if the port cannot be listened on
     */
    public void start() {
        try {
            server.start();
        } catch (Exception e) {
            stopServer();
            Throwable cause = e instanceof IOException && e.getCause() != null ? e.getCause() : e;
            throw Fault.failed("Port " + settings.port() + " of " + settings.host() + " cannot be listened on: " + cause.getMessage()
                    + ". Choose another with --port or --host.", e);
        }
        work.start();
    }

    /** The port that it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /**
     * Waits until weights are loaded.
     *
     * @throws Fault if they cannot be
     */
    public void awaitReady() throws InterruptedException {
        ready.await();
        if (failure != null) {
            throw failure;
        }
    }

    /** Waits until it has been drained. */
    public void awaitEnd() throws InterruptedException {
        work.join();
        server.join();
    }

    private void work() {
        BackendProvider provider = BackendProvider.of(engine.backend());
        Parameters parameters = settings.parameters();
        int window = parameters.whole(Parameter.PATCH_LENGTH);
        try (Weights weights = ModelSource.open(parameters.text(Parameter.MODEL));
                NotaGenModel model = provider.open(engine, weights)) {
            DecodeLoop loop = new DecodeLoop(() -> Rounds.open(model, settings.slots(), window), probe(window), settings.slots(),
                    settings.waiting(), deadline(parameters), metrics, messages);
            TextKey keys = new TextKey(model, weights.hash(), provider.engineVersion(), settings.suite(), settings.slots());
            tellOfCache(keys);
            loaded = new Loaded(loop, keys, describe(weights.hash(), model));
            if (draining) {
                loop.drain(Duration.ZERO);
            }
            ready.countDown();
            loop.run();
        } catch (RuntimeException | Error e) {
            // what happens later the loop has told
            if (loaded == null) {
                failure = e instanceof RuntimeException known ? known
                        : Fault.failed("The weights cannot be loaded: " + e + ".", e);
            }
        } finally {
            ready.countDown();
        }
    }

    private static GenerationSettings probe(int window) {
        return GenerationSettings.of(Parameters.defaults().with(Parameter.PATCH_LENGTH, String.valueOf(window))).endless();
    }

    private static Duration deadline(Parameters parameters) {
        return Duration.ofNanos((long) (parameters.decimal(Parameter.TIME_LIMIT) * 1e9));
    }

    private void tellOfCache(TextKey keys) {
        if (cache.isPresent() && !keys.isPossible()) {
            messages.accept("Texts are not kept in the cache: in precision=" + engine.precision().label()
                    + " a text can depend on the pieces that are decoded together with it. -p batch=1 makes them cacheable.");
        }
    }

    private ObjectNode describe(String hash, NotaGenModel model) {
        return Bodies.object().put("id", modelName).put("object", "model").put("created", started).put("owned_by", "notagen-bench")
                .put("sha256", hash).put("backend", engine.backend()).put("device", model.place())
                .put("precision", engine.precision().label()).put("decoding", engine.decoding().label())
                .put("batch", settings.slots()).put("patch_length", settings.parameters().whole(Parameter.PATCH_LENGTH));
    }

    /** @throws Refusal if the request gets no text */
    void answer(Answer.Exchange exchange, byte[] body) {
        Order order = reader.read(body);
        notReady().ifPresent(reason -> {
            throw Refusal.unavailable(reason);
        });
        Answer answer = order.stream() ? new StreamAnswer(exchange, order, surroundings) : new WholeAnswer(exchange, order, surroundings);
        open.add(answer);
        Optional<String> key = flights.areShared() ? loaded.keys().of(order) : Optional.empty();
        flights.board(answer, key, loaded.loop());
    }

    /** What a client learns of a fault of this server itself, which its owner learns in full. */
    Refusal unexpected(RuntimeException e) {
        messages.accept("A request failed in a way that this server does not know: " + e);
        return Refusal.failed("This server failed on the request: " + e.getClass().getSimpleName() + ".");
    }

    /** Why it takes no requests, in a sentence; empty where it does. */
    Optional<String> notReady() {
        if (draining) {
            return Optional.of("The server is shutting down.");
        }
        return loaded == null ? Optional.of("The weights are being loaded.") : loaded.loop().gone();
    }

    /** Why it will never take requests again, in a sentence. */
    Optional<String> gone() {
        return loaded == null ? Optional.empty() : loaded.loop().gone();
    }

    /** As clients see it; empty while it is loaded. */
    Optional<ObjectNode> model() {
        return Optional.ofNullable(loaded).map(Loaded::model);
    }

    Metrics metrics() {
        return metrics;
    }

    /** Takes no more pieces, lets those that run end within the time of the settings, and stops. */
    public void drain() {
        stop(settings.drain());
    }

    /** As {@link #drain}, without waiting for pieces. */
    @Override
    public void close() {
        stop(Duration.ZERO);
    }

    private void stop(Duration longest) {
        draining = true;
        Loaded working = loaded;
        if (working != null) {
            working.loop().drain(longest);
        }
        try {
            // a model that is still being loaded is not waited for
            work.join(working == null ? FLUSH_MILLIS : 0);
            long latest = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FLUSH_MILLIS);
            while (!open.isEmpty() && System.nanoTime() - latest < 0) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stopServer();
        writers.shutdownNow();
        cache.ifPresent(TextCache::close);
    }

    private void stopServer() {
        try {
            server.stop();
        } catch (Exception e) {
            messages.accept("The server did not stop well: " + e.getMessage() + ".");
        }
    }
}
