package io.notagenbench.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is right is taken, and what is wrong is told in one sentence. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestsTest {

    private RunningService running;

    @BeforeAll
    void start() throws InterruptedException {
        running = RunningService.start(2, 4, "caffeine");
    }

    @AfterAll
    void stop() {
        running.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "{\"temperature\":0}; temperature; temperature=0 is not possible: allowed is a number above 0 up to 100.",
        "{\"temperature\":1e999999999}; temperature; temperature=1E+999999999 is not possible: allowed is a number above 0 up to 100.",
        "{\"top_p\":1.5}; top_p; topP=1.5 is not possible: allowed is a number from 0 to 1.",
        "{\"top_k\":129}; top_k; topK=129 is not possible: allowed is a whole number from 0 to 128.",
        "{\"seed\":-1}; seed; seed=-1 is not possible: allowed is a whole number from 0 to 4294967295.",
        "{\"seed\":1.5}; seed; seed=1.5 is not possible: allowed is a whole number from 0 to 4294967295.",
        "{\"seed\":\"3\"}; seed; seed is not a number: \"3\".",
        "{\"patches\":-1}; patches; patches=-1 is not possible: allowed is a whole number from 0 to 1000000.",
        "{\"patch_length\":4}; patch_length; patchLength=4 is not possible: allowed is a whole number from 8 to 65536.",
        "{\"patch_length\":128}; patch_length; patch_length=128 is more than the window of this server: choose 64 or less, or start it with -p patchLength=128.",
        "{\"max_tokens\":-5}; max_tokens; max_tokens=-5 is not possible: allowed is a whole number of characters, 0 for no limit.",
        "{\"max_tokens\":2.5}; max_tokens; max_tokens=2.5 is not possible: allowed is a whole number of characters, 0 for no limit.",
        "{\"prompt\":\"Chopin\"}; prompt; prompt 'Chopin' is not possible: give period/composer/instrumentation, such as Romantic/Chopin/Keyboard, or none, or the first lines of a piece.",
        "{\"prompt\":[\"none\",\"none\"]}; prompt; prompt is a list of 2 here: give one text.",
        "{\"prompt\":[1,2]}; prompt; prompt is a list of 2 here: give one text.",
        "{\"prompt\":\"X:1\\nK:C\\n\"}; prompt; prompt=lines is not possible: line 1 is 'X:1', but NotaGen's texts have no X:, and the final ABC gets one.",
        "{\"prompt\":\"L:1/8\\n\\nK:C\\n\"}; prompt; prompt=lines is not possible: line 2 is empty, which ends a tune in ABC.",
        "{\"prompt\":\"%Romantic\\r\\nK:C\\n\"}; prompt; prompt=lines is not possible: line 1 ends with a carriage return, as on Windows.",
        "{\"prompt\":\"%S\\u00f8rensen\"}; prompt; prompt=lines is not possible: line 1 has the character U+00F8, but NotaGen reads only printable ASCII.",
        "{\"work\":\"/etc/passwd\"}; work; work=/etc/passwd is not possible: allowed is natural, two-voices, four-voices, long, chopin.",
        "{\"work\":\"long\",\"prompt\":\"none\"}; work; -p prompt has no effect with work=long, which has a prompt of its own: leave it out, or choose work=natural.",
        "{\"stream\":1}; stream; stream is neither true nor false: 1.",
        "{\"stream_options\":{\"usage\":true}}; stream_options; stream_options has no usage here: it has include_usage alone.",
        "{\"n\":2}; n; This server has no n: leave it out.",
        "{\"stop\":[\"|\"]}; stop; This server has no stop: leave it out."})
    void aWrongValueIsRefusedWithTheSentenceOfEverywhere(String body, String param, String sentence) {
        Client.Reply reply = running.client.complete(body);
        assertThat(reply.error()).isEqualTo(sentence);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().at("/error/param").textValue()).isEqualTo(param);
        assertThat(reply.body().at("/error/type").textValue()).isEqualTo("invalid_request_error");
    }

    @Test
    void anUnknownFieldIsNamedWithTheNearestKnownOne() {
        assertThat(running.client.complete("{\"temprature\":1}").error())
                .startsWith("There is no field temprature. Did you mean temperature? Fields: model, prompt, max_tokens,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "3", "{\"seed\":3", "{\"seed\":3,\"seed\":4}", "{} {}", "nonsense"})
    void aBodyThatIsNoJsonObjectIsRefused(String body) {
        Client.Reply reply = running.client.complete(body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).startsWith("The body is not ").doesNotContain("Exception", "com.fasterxml").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"temperature\":NaN}", "{\"temperature\":Infinity}", "{\"seed\":1e}", "{\"stop\":%deep}", "{\"seed\":%long}"})
    void whatIsAlmostJsonIsRefusedInPlainWords(String body) {
        Client.Reply reply = running.client.complete(body.replace("%deep", "[".repeat(2_000)).replace("%long", "9".repeat(2_000)));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).startsWith("The body is not JSON: ").doesNotContain("Constraints", "Feature", "`").hasLineCount(1);
    }

    /** The first bytes are those of UTF-32, and the others are no characters of it; those of UTF-8, which are no characters, too. */
    @Test
    void aBodyOfBytesThatAreNoCharactersIsRefused() throws Exception {
        for (int[] bytes : new int[][] {{0, 0, 0, '{', 0xFF, 0xFF, 0xFF, 0xFF}, {0xFF, 0xFE, 0, 0, '{', 0, 0}, {'{', '"', 0xFF, '"'}}) {
            byte[] body = new byte[bytes.length];
            for (int i = 0; i < body.length; i++) {
                body[i] = (byte) bytes[i];
            }
            HttpResponse<String> reply = running.client.send("POST", "/v1/completions", "application/json", body);
            assertThat(reply.statusCode()).isEqualTo(400);
            assertThat(reply.body()).contains("The body is not JSON: ").doesNotContain("Exception");
        }
    }

    @Test
    void onlyJsonIsTakenAsJson() throws Exception {
        byte[] body = "{\"patches\":1}".getBytes(StandardCharsets.UTF_8);
        for (String type : new String[] {"application/json", "Application/JSON;charset=utf-8", "application/json ; a=b"}) {
            assertThat(running.client.send("POST", "/v1/completions", type, body).statusCode()).as(type).isEqualTo(200);
        }
        for (String type : new String[] {"application/jsonp", "application/json-patch+json", "text/plain; application/json"}) {
            assertThat(running.client.send("POST", "/v1/completions", type, body).statusCode()).as(type).isEqualTo(415);
        }
    }

    @Test
    void noFileOfTheHostCanBeNamed() throws Exception {
        for (String prompt : new String[] {"/passwd", "README.md", "start.abc", "../start.abc"}) {
            Client.Reply reply = running.client.complete("{\"prompt\":\"" + prompt + "\"}");
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error()).startsWith("prompt '" + prompt + "' is not possible: give period/composer/instrumentation");
        }
        // three parts are the name of a style, whatever they look like
        assertThat(running.client.complete("{\"prompt\":\"src/test/x.abc\",\"patches\":1}").status()).isEqualTo(200);
        for (String path : new String[] {"/../pom.xml", "/..%2fpom.xml", "/%2e%2e/pom.xml", "/page.html", "/abcjs-6.7.2/LICENSE",
            "/v1/models/../../pom.xml"}) {
            assertThat(running.client.get(path).statusCode()).as(path).isIn(400, 404);
        }
    }

    @Test
    void fieldsOfOtherServersAreTakenWhereTheyChangeNothing() {
        Client.Reply reply = running.client.complete("{\"model\":\"tiny\",\"n\":1,\"best_of\":1,\"stop\":null,\"user\":\"me\",\"logprobs\":null,"
                + "\"presence_penalty\":0.0,\"min_tokens\":0,\"ignore_eos\":false,\"patches\":2,\"prompt\":[\"none\"]}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(running.client.complete("{\"model\":\"large\"}").status()).isEqualTo(404);
        assertThat(running.client.complete("{\"model\":\"large\"}").error()).isEqualTo("There is no model large here: this server has tiny.");
    }

    @Test
    void aPromptThatFillsTheWindowIsRefused() {
        Client.Reply reply = running.client.complete("{\"prompt\":\"" + "%abcdefghijklmnopqrstuvwxyz\\n".repeat(9) + "\",\"patch_length\":16}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).contains("the prompt alone is longer than the context window of 16 patches");
    }

    @ParameterizedTest
    @CsvSource({"/v1/completions, application/json, 413", "/v1/completions, text/plain, 415", "/v1/chat, application/json, 404",
        "/v1/models, application/json, 405"})
    void aClientThatFirstSendsAllOfALargeBodyGetsItsAnswer(String path, String type, String status) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", running.service.port())) {
            int length = 40 * Routes.MOST_BYTES;
            socket.getOutputStream().write(("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + type + "\r\nContent-Length: " + length
                    + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] part = new byte[length / 40];
            for (int i = 0; i < 40; i++) {
                socket.getOutputStream().write(part);
            }
            byte[] start = socket.getInputStream().readNBytes(12);
            assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 " + status);
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        byte[] large = new byte[Routes.MOST_BYTES + 1];
        HttpResponse<String> response = running.client.send("POST", "/v1/completions", "application/json", large);
        assertThat(response.statusCode()).isEqualTo(413);
        try (Socket socket = new Socket("127.0.0.1", running.service.port())) {
            socket.getOutputStream().write(("POST /v1/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n50000\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(new byte[0x50000]);
            socket.getOutputStream().flush();
            byte[] start = socket.getInputStream().readNBytes(12);
            assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void pathsMethodsAndTypesAreTold() throws Exception {
        assertThat(running.client.get("/nothing").statusCode()).isEqualTo(404);
        HttpResponse<String> get = running.client.get("/v1/completions");
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("Allow")).contains("POST");
        assertThat(running.client.send("DELETE", "/metrics", "text/plain", new byte[0]).statusCode()).isEqualTo(405);
        assertThat(running.client.send("POST", "/v1/completions", "text/plain", "{}".getBytes(StandardCharsets.UTF_8)).statusCode())
                .isEqualTo(415);
        try (Socket socket = new Socket("127.0.0.1", running.service.port())) {
            socket.getOutputStream().write("nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(reply).startsWith("HTTP/1.1 400").contains("{\"error\":{").doesNotContain("<html", "Jetty");
        }
    }

    @Test
    void theModelIsListed() throws Exception {
        JsonNode list = Client.JSON.readTree(running.client.get("/v1/models").body());
        assertThat(list.get("object").textValue()).isEqualTo("list");
        JsonNode model = list.get("data").get(0);
        assertThat(model.get("id").textValue()).isEqualTo("tiny");
        assertThat(model.get("sha256").textValue()).matches("[0-9a-f]{64}");
        assertThat(Client.JSON.readTree(running.client.get("/v1/models/tiny").body())).isEqualTo(model);
        assertThat(running.client.get("/v1/models/large").statusCode()).isEqualTo(404);
    }

    @Test
    void healthAndMetricsAreTold() throws Exception {
        assertThat(running.client.get("/healthz").body()).isEqualTo("ok\n");
        assertThat(running.client.get("/readyz").body()).isEqualTo("ready\n");
        running.client.complete("{\"patches\":3}");
        HttpResponse<String> metrics = running.client.get("/metrics");
        assertThat(metrics.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain; version=0.0.4");
        assertThat(metrics.body()).contains("notagen_slots 2.0\n", "notagen_queue_seconds_bucket{le=\"+Inf\"}",
                "notagen_requests_total{code=\"200\"}", "notagen_ready 1.0");
    }

    @Test
    void thePageAsksNoOtherHost() throws Exception {
        HttpResponse<String> page = running.client.get("/");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow()).startsWith("default-src 'self';");
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.body() + running.client.get("/page.js").body() + running.client.get("/page.css").body())
                .doesNotContainPattern("https?://(?!www\\.w3\\.org/)");
        assertThat(running.client.get("/abcjs.js").body()).contains("abcjs");
        JsonNode prompts = Client.JSON.readTree(running.client.get("/prompts").body());
        assertThat(prompts).hasSize(112);
        assertThat(prompts.get(0).fieldNames()).toIterable().containsExactlyInAnyOrder("period", "composer", "instrumentation", "prompt");
    }
}
