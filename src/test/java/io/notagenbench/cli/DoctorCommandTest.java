package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.device.cuda.CudaDriver;
import io.notagenbench.params.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

    @Test
    void everyEngineIsReallyStarted() throws IOException {
        Invocation run = Invocation.of("doctor", "--json");
        assertThat(run.exitCode()).isZero();
        JsonNode diagnosis = new ObjectMapper().readTree(run.out());
        assertThat(diagnosis.get("engines").findValuesAsText("backend"))
                .containsExactlyInAnyOrderElementsOf(Stream.of(Backend.values()).map(Backend::name).toList());
        for (JsonNode engine : diagnosis.get("engines")) {
            assertThat(engine.get("seconds").asDouble()).as(engine.toString()).isPositive();
            assertThat(engine.get("version").asText()).matches(".*\\d+\\.\\d+.*");
            assertThat(engine.get("cards").asText()).startsWith("compute capability ").contains("8.6").contains("machine code in lib");
        }
        JsonNode large = diagnosis.get("models").get(3);
        assertThat(large.get("model").asText()).isEqualTo("large");
        assertThat(large.get("weightBytes").asLong()).isEqualTo(515_738_880L * 4);
        assertThat(diagnosis.get("cuda").get("inBuild").asBoolean()).isEqualTo(CudaDriver.isInBuild());
        assertThat(diagnosis.get("host").get("physicalCores").asInt()).isPositive();
    }

    @Test
    void whatCannotRunIsSaidWithItsReason() {
        Invocation run = Invocation.of("doctor", "-p", "device=cuda:7");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("does not run").contains("To fix").contains("pytorch: ");
    }

    @Test
    void anEngineThatIsDeadIsAFailureBesideOneThatRuns(@TempDir Path folder) throws Exception {
        Launch dead = Launch.in(folder).environment("DJL_CACHE_DIR", "/dev/null/djl").run("doctor");
        assertThat(dead.out()).containsPattern("pytorch +.*does not run").containsPattern("onnx +.*: runs");
        assertThat(dead.exitCode()).isEqualTo(1);
    }

    @Test
    void anEngineThatIsNotAskedForAPrecisionItNeverHasIsNoFailure() throws IOException {
        Invocation run = Invocation.of("doctor", "--json", "-p", "precision=bf16");
        JsonNode engines = new ObjectMapper().readTree(run.out()).get("engines");
        boolean pytorch = false;
        for (JsonNode engine : engines) {
            assertThat(engine.get("refused").asBoolean()).isEqualTo(engine.get("backend").asText().equals("onnx"));
            pytorch |= engine.get("backend").asText().equals("pytorch") && !engine.has("problem");
        }
        assertThat(run.exitCode()).isEqualTo(pytorch ? 0 : 1);
    }

    @Test
    void saysHowManyPiecesFitWhichCard() throws IOException {
        Invocation run = Invocation.of("doctor", "--fit", "--json", "-p", "model=large", "-p", "precision=fp32,int4", "-p",
                "patchLength=1024");
        assertThat(run.exitCode()).isZero();
        JsonNode rows = new ObjectMapper().readTree(run.out());
        assertThat(rows).hasSize(2);
        JsonNode fp32 = rows.get(0);
        assertThat(fp32.get("weightBytes").asLong()).isEqualTo(2_063_605_760L);
        // keys and values of 20 x 1024 patches and 6 x 16 characters
        long piece = 2L * (20 * 1024 + 6 * 16) * 1280 * 4;
        // 13 rows of 1280 and 20 x 1024 scores for each patch of the one that is prefilled
        long prefill = 1024L * (13 * 1280 + 20 * 1024) * 4;
        assertThat(fp32.get("pieceBytes").asLong()).isEqualTo(piece);
        // 95 % of 8 GiB hold the weights, 600 MiB, a prefill and 25 pieces
        assertThat(fp32.get("largestBatches").get("RTX 3070").asLong())
                .isEqualTo((8160437862L - 2_063_605_760L - 629145600L - prefill) / piece).isEqualTo(25);
        assertThat(rows.get(1).get("largestBatches").get("L40S").asLong())
                .isGreaterThan(fp32.get("largestBatches").get("L40S").asLong());
    }

    @Test
    void theTableOfWhatFitsNamesTheCardsOfThePublishedTest() {
        Invocation run = Invocation.of("doctor", "--fit");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("not yet");
        PrintedTable table = PrintedTable.of(run.out(), "model");
        assertThat(table.rows().get(0)).containsKeys("RTX 3060 12G", "A100 40G", "this machine");
        assertThat(table.column("model")).filteredOn("large"::equals).hasSize(8);
        assertThat(table.column("model")).as("its window is 256 at most").filteredOn("tiny"::equals).hasSize(4);
    }

    @Test
    void twoCardsThatShareTheLayersHoldMore() throws IOException {
        Invocation run = Invocation.of("doctor", "--fit", "--json", "--card", "2", "-p", "model=large", "-p", "precision=fp32",
                "-p", "patchLength=64", "-p", "device=cuda,cuda:0+cuda:1");
        JsonNode rows = new ObjectMapper().readTree(run.out());
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).get("largestBatches").get("a card").asLong()).isZero();
        assertThat(rows.get(1).get("device").asText()).isEqualTo("cuda+cuda:1");
        assertThat(rows.get(1).get("largestBatches").get("a card").asLong()).isPositive();
        assertThat(rows.get(1).get("weightBytes").asLong()).isLessThan(rows.get(0).get("weightBytes").asLong() * 6 / 10);
        Invocation table = Invocation.of("doctor", "--fit", "-p", "model=large", "-p", "device=cuda:0+cuda:1");
        assertThat(table.out()).contains("the one that takes more");
        assertThat(PrintedTable.of(table.out(), "model").column("device")).isNotEmpty().containsOnly("cuda+cuda:1");
    }

    @Test
    void anyCardMayBeAskedFor() throws IOException {
        Invocation run = Invocation.of("doctor", "--fit", "--json", "--card", "8", "-p", "model=large", "-p", "precision=fp32",
                "-p", "patchLength=1024");
        JsonNode batches = new ObjectMapper().readTree(run.out()).get(0).get("largestBatches");
        assertThat(batches.get("a card").asLong()).as("as an RTX 3070").isEqualTo(25);
        assertThat(batches).hasSize(2);
        assertThat(Invocation.of("doctor", "--fit", "--card", "0").exitCode()).isEqualTo(2);
    }

    @Test
    void theKernelSaysWhatAProfilerSees(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("paranoid");
        assertThat(ProfilerProbe.kernel(file)).isNull();
        Files.writeString(file, "3\n");
        assertThat(ProfilerProbe.kernel(file)).contains("is 3", "by timer", "sysctl");
        Files.writeString(file, "1\n");
        assertThat(ProfilerProbe.kernel(file)).contains("kernel and user code").doesNotContain("sysctl");
    }
}
