package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class LoadCommandTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "load; Name the address of one service, as in load http://127.0.0.1:8080/, or let load start one with --serve.",
        "load http://a/ http://b/; Name the address of one service",
        "load --serve http://127.0.0.1:1/; Give the address of a service or --serve, not both.",
        "load localhost:8080; localhost:8080 is not the address of a service: give one such as http://127.0.0.1:8080/.",
        "load http://x/ --rates 0; --rates 0 is not possible: give requests a second above 0,",
        "load http://x/ --rates fast; --rates fast is not possible: give requests a second above 0,",
        "load http://x/ --rates 1 --clients 2; --rates and --clients are two ways to load: give one of them.",
        "load http://x/ --clients 0; --clients 0 is not possible: give 1 to 4096.",
        "load http://x/ --arrivals bursts; --arrivals bursts is not possible: give poisson or constant.",
        "load http://x/ --popularity some; --popularity some is not possible: give unique,",
        "load http://x/ --slo fast; --slo fast is not possible: give milliseconds, as in --slo ttft:1000,gap:200,total:30000.",
        "load http://x/ --requests 1; --requests 1 is not possible: give 2 to 1000000.",
        "load http://x/ --ramp -1; --ramp -1 is not possible: give 0 to 1000000 requests.",
        "load http://x/ --floor 1; --floor 1 is not possible: give 2 to 100000 requests, or 0 for none.",
        "load http://x/ --buffer -1; --buffer -1.0 is not possible: give seconds, 0 or more.",
        "load http://x/ -p batch=2; load does not take the parameter batch. It takes: model,",
        "load http://x/ -p seed=1,2; -p seed=1,2 is a list"})
    void wrongUsageIsToldBeforeAnythingIsSent(String words, String sentence) {
        Invocation run = Invocation.of(words.split(" "));
        assertThat(run.err()).startsWith(sentence).hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void whatServeRefusesIsTold() {
        Invocation run = Invocation.of("load", "--serve", "--floor", "0", "--", "--cache", "memcached");
        assertThat(run.err()).contains("--cache memcached is not possible: give none, caffeine, or redis://host:port.");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    /** Two real servers in processes of their own: the floor's, and the one that is loaded. */
    @Test
    void aServiceIsLoadedAndItsTextsAreThoseOfTheEngineAlone(@TempDir Path folder) throws Exception {
        Invocation run = Invocation.of("load", "--serve", "--rates", "60%", "--requests", "6", "--ramp", "2", "--floor", "4", "-p",
                "patches=2,4", "-o", folder.resolve("é").toString(), "--", "-p", "backend=onnx", "-p", "batch=2");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode result = new ObjectMapper().readTree(folder.resolve("é/load.json").toFile());
        assertThat(result.at("/model/batch").asInt()).isEqualTo(2);
        assertThat(result.at("/capacity/clients").asInt()).isEqualTo(2);
        assertThat(result.at("/capacity/wrong").asInt()).isZero();
        assertThat(result.at("/rows/0/whole").asInt()).isEqualTo(6);
        assertThat(result.at("/rows/0/wrong").asInt()).isZero();
        assertThat(result.at("/rows/0/origins/miss/ttft/n").asInt()).isEqualTo(6);
        assertThat(result.at("/rows/0/times/prefill/max").asDouble()).isPositive();
        assertThat(result.at("/floor/ttft/n").asInt()).isEqualTo(4);
        assertThat(result.get("compared").asInt()).isGreaterThanOrEqualTo(16);
        assertThat(run.out()).contains("tiny, onnx fp32, batch 2", "2 clients", "no engine", "compared with the engine alone.");
    }
}
