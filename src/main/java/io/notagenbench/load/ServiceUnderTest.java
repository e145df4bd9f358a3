package io.notagenbench.load;

import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A {@code serve} in a process of its own, with the cache that a benchmark asks for. */
public final class ServiceUnderTest implements AutoCloseable {

    /** The values of the parameter {@code cache}. */
    public static final List<String> CACHES = List.of("none", "caffeine", "redis");

    private static final String REDIS = "redis";
    private static final List<Parameter> OF_ENGINE = List.of(Parameter.MODEL, Parameter.BACKEND, Parameter.DEVICE, Parameter.PROVIDER,
            Parameter.CACHES, Parameter.PRECISION, Parameter.THREADS);

    private final Optional<RedisServer> redis;
    private final ServerProcess server;

    /**
     * Starts it, and a Redis where it needs one.
     *
     * @param engine   how the model is run
     * @param batch    pieces that are decoded together
     * @param cache    one of {@link #CACHES}
     * @param messages hears what the service says
     */
    public ServiceUnderTest(Parameters engine, int batch, String cache, Consumer<String> messages) {
        requireKnown(cache);
        missing(cache).ifPresent(reason -> {
            throw Fault.failed(reason);
        });
        redis = cache.equals(REDIS) ? Optional.of(new RedisServer()) : Optional.empty();
        List<String> arguments = new ArrayList<>(List.of("--cache", redis.map(RedisServer::address).orElse(cache), "-p", "batch=" + batch));
        for (Parameter parameter : OF_ENGINE) {
            arguments.addAll(List.of("-p", parameter.label() + "=" + engine.text(parameter)));
        }
        try {
            server = new ServerProcess(ServerProcess.launcher(List.of()), arguments, messages);
        } catch (RuntimeException e) {
            redis.ifPresent(RedisServer::close);
            throw e;
        }
    }

    /** @throws Fault (usage) if there is no such cache */
    static void requireKnown(String cache) {
        if (!CACHES.contains(cache)) {
            throw Fault.usage("cache=" + cache + " is not possible: allowed is " + String.join(", ", CACHES) + ".");
        }
    }

    /** What this machine lacks for a cache, in one sentence; empty where it lacks nothing. */
    static Optional<String> missing(String cache) {
        return cache.equals(REDIS) ? RedisServer.missing() : Optional.empty();
    }

    public URI uri() {
        return server.uri();
    }

    @Override
    public void close() {
        server.close();
        redis.ifPresent(RedisServer::close);
    }
}
