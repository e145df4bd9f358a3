package io.notagenbench.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.notagenbench.fault.Fault;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;

@Timeout(60)
class CacheTest {

    private static final String PIECE = "{\"seed\":8,\"patches\":40}";

    @TempDir
    Path folder;

    @Test
    void equalRequestsAreAnsweredFromMemory() throws Exception {
        try (RunningService running = RunningService.start(4, 8, "caffeine")) {
            Client client = running.client;
            Client.Reply first = client.complete(PIECE);
            double patches = client.metric("notagen_patches_total");
            Client.Reply second = client.complete("{\"seed\":8,\"patches\":40,\"temperature\":1.20}");
            List<JsonNode> streamed = client.stream("{\"seed\":8,\"patches\":40,\"stream\":true}");

            assertThat(first.cache()).isEqualTo("miss");
            assertThat(second.cache()).isEqualTo("hit");
            assertThat(second.text()).isEqualTo(first.text());
            assertThat(Client.text(streamed)).isEqualTo(first.text());
            assertThat(streamed).as("as many events as patches").hasSize(41);
            assertThat(client.metric("notagen_patches_total")).isEqualTo(patches);
            assertThat(client.metric("notagen_cache_requests_total{result=\"hit\"}")).isEqualTo(2);
            for (String other : List.of("{\"seed\":9,\"patches\":40}", "{\"seed\":8,\"patches\":41}", "{\"seed\":8,\"patches\":40,\"top_k\":8}",
                    "{\"seed\":8,\"patches\":40,\"max_tokens\":30}", "{\"seed\":8,\"patches\":40,\"patch_length\":63}",
                    "{\"seed\":8,\"patches\":40,\"prompt\":\"none\"}", "{\"seed\":8,\"patches\":40,\"top_p\":0.8}")) {
                assertThat(client.complete(other).cache()).as(other).isEqualTo("miss");
            }
            assertThat(client.complete("{\"patches\":1}").cache()).as("without a seed").isEqualTo("bypass");
        }
    }

    @Test
    void equalRequestsAtOneTimeRunOnce() throws Exception {
        try (RunningService running = RunningService.start(4, 8, "caffeine")) {
            String body = "{\"work\":\"two-voices\",\"seed\":1}";
            List<CompletableFuture<Client.Reply>> replies = Stream.generate(() -> running.client.begin(body)).limit(6).toList();
            String text = replies.get(0).join().text();
            assertThat(replies).allSatisfy(reply -> assertThat(reply.join().text()).isEqualTo(text).isNotEmpty());
            assertThat(replies.stream().map(CompletableFuture::join).map(Client.Reply::cache).filter("miss"::equals)).hasSize(1);
            assertThat(running.client.metric("notagen_pieces_total{outcome=\"ended\"}")).isEqualTo(1);
        }
    }

    @Test
    void withoutACacheEachRequestIsWritten() throws Exception {
        try (RunningService running = RunningService.start(4, 8, "none")) {
            assertThat(running.client.complete(PIECE).cache()).isEqualTo("bypass");
            assertThat(running.client.complete(PIECE).cache()).isEqualTo("bypass");
            assertThat(running.client.metric("notagen_pieces_total{outcome=\"stopped\"}")).isEqualTo(2);
        }
    }

    @Test
    void textsThatDependOnTheirNeighboursAreNotKept() throws Exception {
        try (RunningService running = RunningService.start(2, 8, "caffeine", "precision=int8")) {
            assertThat(running.client.complete(PIECE).cache()).isEqualTo("bypass");
            assertThat(running.client.complete(PIECE).cache()).isEqualTo("bypass");
            assertThat(running.messages).hasSize(1).allSatisfy(message -> assertThat(message).startsWith("Texts are not kept in the cache:"
                    + " in precision=int8 a text can depend on the pieces that are decoded together with it."));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "memcached", "redis", "redis://", "redis:///0", "rediss://localhost", "redis://a b",
        "redis://localhost:65536", "redis://localhost/one", "redis://localhost/-1", "redis://localhost/0/1", "redis://localhost?db=1"})
    void anUnknownCacheIsRefused(String name) {
        assertThatThrownBy(() -> TextCache.open(name, message -> { })).isInstanceOf(Fault.class)
                .hasMessage("--cache " + name + " is not possible: give none, caffeine, or redis://host:port.");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of).map(folder -> folder.resolve(program))
                .filter(Files::isExecutable).findFirst();
    }

    private Process redis(int port) throws IOException {
        return new ProcessBuilder(onPath("redis-server").orElseThrow().toString(), "--bind", "127.0.0.1", "--port", String.valueOf(port),
                "--save", "", "--appendonly", "no", "--dir", folder.toString())
                .redirectOutput(folder.resolve("redis.log").toFile()).redirectErrorStream(true).start();
    }

    @Test
    void aRedisServesSeveralServersAndItsDeathFailsNoRequest() throws Exception {
        assumeTrue(onPath("redis-server").isPresent(), "there is no redis-server: apt-get install redis-server");
        int port = freePort();
        Process redis = redis(port);
        String cache = "redis://127.0.0.1:" + port;
        try (RunningService one = RunningService.start(2, 8, cache); RunningService other = RunningService.start(2, 8, cache)) {
            Client.Reply first = untilKept(one, PIECE);
            Client.Reply second = untilHit(other, PIECE);
            assertThat(second.text()).isEqualTo(first.text());
            assertThat(one.messages).isEmpty();

            redis.destroyForcibly().waitFor();
            for (int request = 0; request < 5; request++) {
                // other pieces behind the first, since a text that was written this moment may still be at hand
                Client.Reply without = one.client.complete(request == 0 ? PIECE : "{\"seed\":" + request + ",\"patches\":5}");
                assertThat(without.status()).isEqualTo(200);
                assertThat(without.cache()).isEqualTo("miss");
                assertThat(without.text().equals(first.text())).isEqualTo(request == 0);
            }
            assertThat(one.messages).hasSize(1);
            assertThat(one.messages.get(0)).startsWith("Warning: the cache redis://127.0.0.1:" + port + " does not work (")
                    .endsWith("): texts are written without it until it does.");
        } finally {
            redis.destroyForcibly();
        }
    }

    /** Waits for a Redis that starts, and for the text that goes there behind the answer. */
    private static Client.Reply untilKept(RunningService running, String body) throws InterruptedException {
        running.client.complete("{\"seed\":1,\"patches\":1}");
        return untilHit(running, body);
    }

    private static Client.Reply untilHit(RunningService running, String body) throws InterruptedException {
        Client.Reply reply = running.client.complete(body);
        while (!"hit".equals(reply.cache())) {
            TimeUnit.MILLISECONDS.sleep(20);
            reply = running.client.complete(body);
        }
        return reply;
    }

    /** A host that takes connections and never says a word. */
    @Test
    void aRedisThatIsSlowCostsABoundedDelay() throws Exception {
        try (ServerSocket silent = new ServerSocket(0);
                RunningService running = RunningService.start(2, 8, "redis://127.0.0.1:" + silent.getLocalPort())) {
            for (int request = 0; request < 10; request++) {
                assertThat(running.client.complete("{\"seed\":" + request + ",\"patches\":1}").status()).isEqualTo(200);
            }
            assertThat(running.messages).hasSize(1);
        }
    }

    @Test
    void aRedisThatIsNotThereCostsNoRequestAndOneWarning() throws Exception {
        int port = freePort();
        try (RunningService running = RunningService.start(2, 8, "redis://127.0.0.1:" + port + "/3")) {
            assertThat(running.messages).as("nothing is asked before the first request").isEmpty();
            Client.Reply first = running.client.complete(PIECE);
            Client.Reply second = running.client.complete(PIECE);
            assertThat(List.of(first.status(), second.status())).containsOnly(200);
            assertThat(List.of(first.cache(), second.cache())).containsOnly("miss");
            assertThat(second.text()).isEqualTo(first.text());
            assertThat(running.client.get("/readyz").statusCode()).isEqualTo(200);
            assertThat(running.messages).hasSize(1).allSatisfy(message -> assertThat(message)
                    .startsWith("Warning: the cache redis://127.0.0.1:" + port + " does not work ("));
        }
    }

    @Test
    void aRedisThatComesBackIsUsedAgain() throws Exception {
        assumeTrue(onPath("redis-server").isPresent(), "there is no redis-server: apt-get install redis-server");
        int port = freePort();
        List<String> messages = new CopyOnWriteArrayList<>();
        Process redis = null;
        try (RedisTexts texts = new RedisTexts(URI.create("redis://127.0.0.1:" + port), Duration.ofMillis(20), messages::add)) {
            assertThat(texts.get("key")).isEmpty();
            redis = redis(port);
            while (messages.size() < 2) {
                texts.get("key");
                TimeUnit.MILLISECONDS.sleep(10);
            }
            assertThat(messages.get(1)).isEqualTo("The cache redis://127.0.0.1:" + port + " works again.");
            texts.put("key", new Written(List.of("abc", ""), true));
            Optional<Written> known = texts.get("key");
            while (known.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(10);
                known = texts.get("key");
            }
            assertThat(known).contains(new Written(List.of("abc", ""), true));
        } finally {
            if (redis != null) {
                redis.destroyForcibly();
            }
        }
    }

    @Test
    void whatIsInRedisAndIsNoTextIsNotServed() throws Exception {
        assumeTrue(onPath("redis-server").isPresent(), "there is no redis-server: apt-get install redis-server");
        int port = freePort();
        Process redis = redis(port);
        try (RunningService running = RunningService.start(2, 8, "redis://127.0.0.1:" + port)) {
            String text = untilKept(running, PIECE).text();
            try (RedisClient client = RedisClient.create("127.0.0.1", port)) {
                for (String key : client.keys("notagen-bench:text:*")) {
                    client.set(key, "{\"patches\":3}");
                }
            }
            Client.Reply reply = running.client.complete(PIECE);
            assertThat(reply.cache()).isEqualTo("miss");
            assertThat(reply.text()).isEqualTo(text);
        } finally {
            redis.destroyForcibly();
        }
    }
}
