package io.notagenbench.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Too many clients, clients that go away, and clients that do not read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class ClientsTest {

    private static final String LONG = "{\"work\":\"long\",\"stream\":%s}";

    private RunningService running;

    @BeforeAll
    void start() throws InterruptedException {
        ServiceSettings usual = RunningService.settings(2, 2, "none");
        running = RunningService.start(new ServiceSettings(usual.host(), 0, usual.waiting(), "none", Duration.ofSeconds(20), 2,
                usual.parameters(), "test", 16, 4_096));
    }

    @AfterAll
    void stop() {
        running.close();
    }

    private void await(String metric, double value) throws Exception {
        while (running.client.metric(metric) != value) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private List<Socket> fill(String body, int clients) throws Exception {
        List<Socket> sockets = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            sockets.add(running.client.raw(body, 0));
        }
        return sockets;
    }

    @Test
    void theRequestBeyondTheQueueIsTurnedAwayAndAClientThatGoesMakesRoom() throws Exception {
        for (String stream : new String[] {"true", "false"}) {
            double dropped = running.client.metric("notagen_pieces_total{outcome=\"dropped\"}");
            List<Socket> sockets = fill(LONG.formatted(stream), 4);
            await("notagen_queue_waiting", 2);
            await("notagen_slots_busy", 2);

            Client.Reply reply = running.client.complete("{\"patches\":1}");
            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.error()).startsWith("The queue is full: 2 requests wait already. Try again in ");
            assertThat(Integer.parseInt(reply.retryAfter())).isBetween(1, 60);
            assertThat(reply.body().at("/error/type").textValue()).isEqualTo("rate_limit_error");

            for (Socket socket : sockets) {
                socket.close();
            }
            await("notagen_slots_busy", 0);
            await("notagen_queue_waiting", 0);
            assertThat(running.client.metric("notagen_pieces_total{outcome=\"dropped\"}")).isEqualTo(dropped + 4);
            assertThat(running.client.complete("{\"patches\":1}").status()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatGoesFreesItsSlotBeforeTheNextPatch() throws Exception {
        try (Socket socket = running.client.raw(LONG.formatted("false"), 0)) {
            await("notagen_slots_busy", 1);
            double before;
            socket.shutdownOutput();
            before = running.client.metric("notagen_patches_total");
            await("notagen_slots_busy", 0);
            // one round may have been under way, and one may have begun before the metrics were told
            assertThat(running.client.metric("notagen_patches_total")).isLessThanOrEqualTo(before + 2);
            assertThat(socket.getInputStream().read()).as("nothing comes any more").isEqualTo(-1);
        }
    }

    @Test
    void aClientThatDoesNotReadIsDroppedAndDelaysNobody() throws Exception {
        double dropped = running.client.metric("notagen_pieces_total{outcome=\"dropped\"}");
        try (Socket deaf = running.client.raw(LONG.formatted("true"), 1_024)) {
            await("notagen_slots_busy", 1);
            List<JsonNode> other = running.client.stream("{\"seed\":4,\"patches\":40,\"stream\":true}");
            assertThat(other).hasSize(41);
            await("notagen_slots_busy", 0);
            assertThat(running.client.metric("notagen_pieces_total{outcome=\"dropped\"}")).isEqualTo(dropped + 1);
            assertThat(deaf.isClosed()).isFalse();
        }
    }

    @Test
    void aSecondRequestThatDidNotWaitIsNotMistakenForTheEnd() throws Exception {
        try (Socket socket = running.client.raw("{\"seed\":4,\"patches\":60}", 0)) {
            socket.getOutputStream().write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String reply = new String(socket.getInputStream().readNBytes(400), StandardCharsets.UTF_8);
            assertThat(reply).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void theDeadlineHoldsInASlotAndInTheQueue() throws Exception {
        try (RunningService hasty = RunningService.start(1, 4, "none", "timeLimit=0.3")) {
            CompletableFuture<Client.Reply> first = hasty.client.begin(LONG.formatted("false"));
            CompletableFuture<Client.Reply> second = hasty.client.begin(LONG.formatted("false"));
            List<Client.Reply> replies = List.of(first.join(), second.join());
            assertThat(replies).allSatisfy(reply -> {
                assertThat(reply.status()).isEqualTo(504);
                assertThat(reply.error()).isEqualTo("The text was not whole within the 0.3 s that this server gives a request: its -p"
                        + " timeLimit= allows more.");
            });
            assertThat(hasty.client.metric("notagen_pieces_total{outcome=\"late\"}")).isEqualTo(2);
            assertThat(hasty.client.complete("{\"patches\":1}").status()).isEqualTo(200);
        }
    }

    @Test
    void drainingEndsWhatRunsAndRefusesTheRest() throws Exception {
        try (RunningService leaving = RunningService.start(1, 4, "none")) {
            CompletableFuture<Client.Reply> runs = leaving.client.begin("{\"work\":\"two-voices\"}");
            while (leaving.client.metric("notagen_slots_busy") != 1) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            CompletableFuture<Client.Reply> waits = leaving.client.begin("{\"patches\":1}");
            while (leaving.client.metric("notagen_queue_waiting") != 1) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            CompletableFuture<Void> drained = CompletableFuture.runAsync(leaving.service::drain);
            assertThat(waits.join().status()).isEqualTo(503);
            assertThat(waits.join().error()).isEqualTo("The server is shutting down.");
            assertThat(runs.join().status()).isEqualTo(200);
            drained.join();
        }
    }

    @Test
    void drainingIsBounded() throws Exception {
        RunningService leaving = RunningService.start(1, 4, "none");
        CompletableFuture<Client.Reply> runs = leaving.client.begin(LONG.formatted("false"));
        while (leaving.client.metric("notagen_slots_busy") != 1) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        leaving.close();
        assertThat(runs.join().status()).isEqualTo(503);
        assertThat(runs.join().error()).isEqualTo("The server is shutting down, and this piece was not whole in time.");
    }
}
