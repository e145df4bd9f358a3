package io.notagenbench.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * In a Redis that several servers may share. A Redis that is down, slow, or holds something else costs a request a bounded
 * delay: after a failure nobody asks it for some seconds, and only the first failure of a row is told.
 */
final class RedisTexts implements TextCache {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREFIX = "notagen-bench:text:";
    private static final int TIMEOUT_MILLIS = 200;
    private static final int CONNECTIONS = 8;
    private static final int WAITING_PUTS = 256;
    private static final int PORT = 6_379;
    private static final long KEPT_DAYS = 7;

    private final RedisClient redis;
    private final String name;
    private final Consumer<String> warnings;
    private final ThreadPoolExecutor puts;
    private final long pauseNanos;
    private boolean failing;
    private long askAgain;

    /** @param pause in which nobody asks after a failure */
    RedisTexts(URI server, Duration pause, Consumer<String> warnings) {
        this.warnings = warnings;
        pauseNanos = pause.toNanos();
        HostAndPort place = new HostAndPort(server.getHost(), server.getPort() < 0 ? PORT : server.getPort());
        name = "redis://" + place;
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxIdle(CONNECTIONS);
        pool.setMaxWait(Duration.ofMillis(TIMEOUT_MILLIS));
        pool.setJmxEnabled(false);
        redis = RedisClient.builder().hostAndPort(place).poolConfig(pool)
                .clientConfig(DefaultJedisClientConfig.builder().connectionTimeoutMillis(TIMEOUT_MILLIS)
                        .socketTimeoutMillis(TIMEOUT_MILLIS).user(JedisURIHelper.getUser(server))
                        .password(JedisURIHelper.getPassword(server)).database(JedisURIHelper.getDBIndex(server)).build())
                .build();
        puts = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_PUTS), task -> {
            Thread thread = new Thread(task, "redis-put");
            thread.setDaemon(true);
            return thread;
        }, new ThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public Optional<Written> get(String key) {
        return ask(() -> redis.get(PREFIX + key)).flatMap(this::read);
    }

    /** Returns at once; where too many texts wait for Redis, this one is not kept. */
    @Override
    public void put(String key, Written text) {
        puts.execute(() -> ask(() -> redis.set(PREFIX + key, json(text), SetParams.setParams().ex(TimeUnit.DAYS.toSeconds(KEPT_DAYS)))));
    }

    private Optional<String> ask(Supplier<String> question) {
        synchronized (this) {
            if (failing && System.nanoTime() - askAgain < 0) {
                return Optional.empty();
            }
        }
        try {
            Optional<String> answer = Optional.ofNullable(question.get());
            works();
            return answer;
        } catch (JedisException e) {
            fails(e);
            return Optional.empty();
        }
    }

    private Optional<Written> read(String json) {
        try {
            return Optional.of(JSON.readValue(json, Written.class));
        } catch (JsonProcessingException e) {
            fails(e);
            return Optional.empty();
        }
    }

    private static String json(Written text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a text is always JSON", e);
        }
    }

    private synchronized void works() {
        if (failing) {
            failing = false;
            warnings.accept("The cache " + name + " works again.");
        }
    }

    private synchronized void fails(Exception e) {
        askAgain = System.nanoTime() + pauseNanos;
        if (!failing) {
            failing = true;
            warnings.accept("Warning: the cache " + name + " does not work (" + reason(e) + "): texts are written without it until"
                    + " it does.");
        }
    }

    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.getClass().getSimpleName());
    }

    @Override
    public void close() {
        puts.shutdown();
        try {
            puts.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        redis.close();
    }
}
