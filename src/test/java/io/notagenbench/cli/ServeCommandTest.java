package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class ServeCommandTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "--cache memcached; --cache memcached is not possible: give none, caffeine, or redis://host:port.",
        "--port 70000; --port 70000 is not possible: give 1 to 65535, or 0 for any free port.",
        "--queue -1; --queue -1 is not possible: 0 to 1000000 requests can wait.",
        "--drain -1; --drain -1 is not possible: give a number of seconds, 0 or more.",
        "-p seed=3; serve does not take the parameter seed. It takes: model,",
        "-p patchLength=512; patchLength=512 is more than the 256 position rows of model=tiny: choose 256 or less.",
        "-p batch=4 -p decoding=recompute; decoding=recompute decodes one piece at a time: choose decoding=cached",
        "-p model=none; model 'none' is neither a file nor one of tiny, small, medium, large:",
        "-p device=cpu/cpu; device=cpu/cpu has a model on each device"})
    void wrongUsageIsToldBeforeAnythingIsLoaded(String arguments, String sentence) {
        Invocation run = Invocation.of(("serve --port 0 " + arguments).replace("--port 0 --port", "--port").split(" "));
        assertThat(run.err()).startsWith(sentence).hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aPortThatIsTakenIsTold() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Invocation run = Invocation.of("serve", "--host", "0.0.0.0", "--port", String.valueOf(taken.getLocalPort()));
            assertThat(run.err()).startsWith("Port " + taken.getLocalPort() + " of 0.0.0.0 cannot be listened on: ")
                    .contains("Choose another with --port").hasLineCount(1);
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    /** A real process: streams that are open end whole, and the exit code is 0. */
    @Test
    void sigtermDrains() throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), "io.notagenbench.Main", "serve", "--port", "0", "-p", "backend=onnx").redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            URI address = URI.create(out.readLine());
            assertThat(out.readLine()).isEqualTo("ready");
            HttpClient http = HttpClient.newHttpClient();
            HttpRequest request = HttpRequest.newBuilder(address.resolve("/v1/completions")).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"work\":\"long\",\"stream\":true}")).build();
            CompletableFuture<HttpResponse<String>> whole = http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
            HttpRequest metrics = HttpRequest.newBuilder(address.resolve("/metrics")).build();
            while (!http.send(metrics, HttpResponse.BodyHandlers.ofString()).body().contains("notagen_slots_busy 1.0")) {
                TimeUnit.MILLISECONDS.sleep(5);
            }

            process.destroy();

            assertThat(whole.join().body()).contains("\"finish_reason\":\"stop\"").endsWith("data: [DONE]\n\n");
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
