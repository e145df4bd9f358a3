package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.fault.Fault;
import io.notagenbench.sweep.Plan;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import picocli.CommandLine;

/** The files for clusters, as far as they can be held to something without one. */
@DisabledOnOs(OS.WINDOWS)
class DeployTest {

    private static final Path JOB = Path.of("deploy/kubernetes/job.yaml");
    private static final Path SERVICE = Path.of("deploy/kubernetes/service.yaml");

    @TempDir
    Path folder;

    private static List<JsonNode> documents() throws IOException {
        return documents(JOB);
    }

    private static List<JsonNode> documents(Path file) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        try (Reader text = Files.newBufferedReader(file)) {
            new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)
                    .forEach(document -> documents.add(new ObjectMapper().valueToTree(document)));
        }
        return documents;
    }

    private static JsonNode variable(JsonNode container, String name) {
        for (JsonNode variable : container.get("env")) {
            if (variable.get("name").asText().equals(name)) {
                return variable;
            }
        }
        throw new AssertionError("no variable " + name);
    }

    /** What the script of a pod does, with an echo in the place of java. */
    private String command(JsonNode container, String index) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c",
                container.at("/args/0").asText().replaceFirst("^exec java", "echo"));
        shell.environment().putAll(Map.of("JOB_COMPLETION_INDEX", index,
                "SHARDS", variable(container, "SHARDS").get("value").asText(),
                "PLAN", variable(container, "PLAN").get("value").asText(),
                "RUN", variable(container, "RUN").get("value").asText()));
        return new String(shell.start().getInputStream().readAllBytes()).strip();
    }

    @Test
    void theJobIsIndexedAndEachPodMeasuresAPartOfItsOwn() throws Exception {
        JsonNode job = documents().get(1);
        assertThat(job.get("apiVersion").asText()).isEqualTo("batch/v1");
        assertThat(job.get("kind").asText()).isEqualTo("Job");
        JsonNode spec = job.get("spec");
        assertThat(spec.get("completionMode").asText()).isEqualTo("Indexed");
        JsonNode container = spec.at("/template/spec/containers/0");
        assertThat(variable(container, "JOB_COMPLETION_INDEX").at("/valueFrom/fieldRef/fieldPath").asText())
                .isEqualTo("metadata.annotations['batch.kubernetes.io/job-completion-index']");
        assertThat(variable(container, "SHARDS").get("value").asText()).isEqualTo(spec.get("completions").asText());
        assertThat(container.get("command")).extracting(JsonNode::asText).containsExactly("/bin/sh", "-c");
        assertThat(command(container, "0")).endsWith("sweep --plan article -o /results/article --shard 1/4 --resume");
        assertThat(command(container, "3")).contains("--shard 4/4");
        assertThat(spec.at("/template/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/0")
                .at("/labelSelector/matchLabels")).isEqualTo(spec.at("/template/metadata/labels"));
    }

    @Test
    void aPodThatDiesStartsAgainAndTheOthersGoOn() throws IOException {
        JsonNode spec = documents().get(1).get("spec");
        assertThat(spec.get("backoffLimitPerIndex").isInt()).isTrue();
        assertThat(spec.has("backoffLimit")).as("it would count over all parts").isFalse();
        assertThat(spec.at("/template/spec/restartPolicy").asText()).as("podFailurePolicy asks for it").isEqualTo("Never");
        assertThat(spec.at("/podFailurePolicy/rules/0/action").asText()).isEqualTo("Ignore");
        assertThat(spec.at("/podFailurePolicy/rules/0/onPodConditions/0/type").asText()).isEqualTo("DisruptionTarget");
        assertThat(spec.at("/podFailurePolicy/rules/1/action").asText()).isEqualTo("FailIndex");
        assertThat(spec.at("/podFailurePolicy/rules/1/onExitCodes/operator").asText()).isEqualTo("In");
        assertThat(spec.at("/podFailurePolicy/rules/1/onExitCodes/values")).extracting(JsonNode::asInt)
                .containsExactly(Fault.FAILED, Fault.USAGE);
    }

    @Test
    void imagesHaveATagAndAreNotAskedForWhereTheyAre() throws IOException {
        for (Path file : List.of(JOB, SERVICE)) {
            for (JsonNode document : documents(file)) {
                for (JsonNode container : document.at("/spec/template/spec/containers")) {
                    assertThat(container.get("image").asText()).matches("[a-z-]+:[0-9.]+");
                    assertThat(container.get("imagePullPolicy").asText()).isEqualTo("IfNotPresent");
                }
            }
        }
    }

    private static JsonNode named(String kind, String name) throws IOException {
        return documents(SERVICE).stream().filter(document -> document.get("kind").asText().equals(kind)
                && document.at("/metadata/name").asText().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void theServiceTakesItsOptionsAndReachesItsRedis() throws IOException {
        JsonNode container = named("Deployment", "notagen").at("/spec/template/spec/containers/0");
        List<String> args = new ArrayList<>();
        container.get("args").forEach(arg -> args.add(arg.asText()));
        CommandLine.ParseResult serve = SuiteCommands.commandLine().parseArgs(args.toArray(String[]::new)).subcommand();
        assertThat(serve.commandSpec().name()).isEqualTo("serve");
        assertThat(serve.<Integer>matchedOptionValue("--port", 0)).isEqualTo(container.at("/ports/0/containerPort").asInt());
        assertThat(serve.matchedOptionValue("--host", "")).isEqualTo("0.0.0.0");
        JsonNode redis = named("Service", "notagen-redis");
        assertThat(serve.matchedOptionValue("--cache", "")).isEqualTo("redis://" + redis.at("/metadata/name").asText() + ":"
                + redis.at("/spec/ports/0/port").asText());
        int drain = serve.<Integer>matchedOptionValue("--drain", 0);
        int pause = Integer.parseInt(container.at("/lifecycle/preStop/exec/command/1").asText());
        assertThat(named("Deployment", "notagen").at("/spec/template/spec/terminationGracePeriodSeconds").asInt())
                .isGreaterThan(drain + pause);
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/readyz");
        assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/healthz");
    }

    @Test
    void everySelectorFindsThePodsOfItsDeployment() throws IOException {
        for (String name : List.of("notagen", "notagen-redis")) {
            JsonNode labels = named("Deployment", name).at("/spec/template/metadata/labels");
            assertThat(named("Deployment", name).at("/spec/selector/matchLabels")).isEqualTo(labels);
            assertThat(named("Service", name).at("/spec/selector")).isEqualTo(labels);
        }
        JsonNode budget = named("PodDisruptionBudget", "notagen");
        assertThat(budget.at("/spec/selector/matchLabels")).isEqualTo(named("Deployment", "notagen").at("/spec/template/metadata/labels"));
        assertThat(budget.at("/spec/minAvailable").asInt()).isLessThan(named("Deployment", "notagen").at("/spec/replicas").asInt());
    }

    @Test
    void allPodsWriteToTheSameVolume() throws IOException {
        JsonNode claim = documents().get(0);
        JsonNode pod = documents().get(1).at("/spec/template/spec");
        assertThat(claim.at("/spec/accessModes/0").asText()).isEqualTo("ReadWriteMany");
        assertThat(pod.at("/volumes/0/persistentVolumeClaim/claimName")).isEqualTo(claim.at("/metadata/name"));
        JsonNode mount = pod.at("/containers/0/volumeMounts/0");
        assertThat(mount.get("name")).isEqualTo(pod.at("/volumes/0/name"));
        assertThat(mount.get("mountPath").asText()).isEqualTo("/results");
    }

    private record Ended(int exitCode, String out) {
    }

    private Ended sbatch(Map<String, String> slurm, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", Path.of("deploy/slurm/sweep.sbatch").toAbsolutePath().toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("SLURM") || name.equals("SHARDS"));
        builder.environment().putAll(slurm);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes());
        return new Ended(process.waitFor(), out);
    }

    /** A suite whose java says what it was asked to do. */
    private Map<String, String> task(int id, int least, int most, int count) throws IOException {
        Path jar = Files.createDirectories(folder.resolve("target")).resolve("benchmarks.jar");
        Files.writeString(jar, "");
        Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$*\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return Map.of("SLURM_ARRAY_TASK_ID", String.valueOf(id), "SLURM_ARRAY_TASK_MIN", String.valueOf(least),
                "SLURM_ARRAY_TASK_MAX", String.valueOf(most), "SLURM_ARRAY_TASK_COUNT", String.valueOf(count),
                "SLURM_SUBMIT_DIR", folder.toString(), "JAVA_HOME", folder.toString());
    }

    @Test
    void aTaskOfSlurmMeasuresThePartOfItsNumber() throws Exception {
        Ended ended = sbatch(task(3, 1, 8, 8), "article", "runs/x", "-p", "model=large");
        assertThat(ended.exitCode()).as(ended.out()).isZero();
        assertThat(ended.out()).contains("part 3 of 8").endsWith(
                "sweep --plan article -o runs/x --shard 3/8 --resume -p model=large\n");
    }

    @Test
    void aTaskThatDoesNotKnowOfHowManyItIsOneIsRefused() throws Exception {
        for (Map<String, String> task : List.of(task(0, 0, 3, 4), task(3, 3, 3, 1), task(3, 1, 5, 3))) {
            Ended ended = sbatch(task, "quick", "runs/x");
            assertThat(ended.exitCode()).isEqualTo(2);
            assertThat(ended.out()).contains("SHARDS=");
        }
        Map<String, String> alone = new HashMap<>(task(3, 3, 3, 1));
        alone.put("SHARDS", "8");
        assertThat(sbatch(alone, "quick", "runs/x").out()).contains("--shard 3/8");
        assertThat(sbatch(Map.of(), "quick").out()).startsWith("Usage: sbatch --array=1-N");
        assertThat(sbatch(Map.of(), "quick", "runs/x").out()).contains("not a task of an array");
    }

    @Test
    void theFilesNamePlansThatAreThere() throws IOException {
        String plan = variable(documents().get(1).at("/spec/template/spec/containers/0"), "PLAN").get("value").asText();
        assertThat(Plan.load(plan)).isNotNull();
        assertThat(Files.readString(Path.of("deploy/slurm/README.md"))).contains("sweep.sbatch " + plan + " ");
    }
}
