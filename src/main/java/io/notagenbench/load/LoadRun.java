package io.notagenbench.load;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Loads a server, row after row, and then compares every text that came back with what the engine writes alone. */
public final class LoadRun {

    private final LoadSettings settings;
    private final URI server;
    private final String suite;
    private final Consumer<String> progress;
    private final Optional<ResultFolder> folder;
    private final ServerModel model;
    private final Parameters parameters;
    private final Requests requests;
    private final Generator generator;
    private final Playback playback;
    private final List<Row> rows = new ArrayList<>();
    private final List<List<Answered>> answers = new ArrayList<>();
    private Row.Latencies floor;
    private boolean hasCapacity;
    private double capacity;
    /** Of the row that was sent last. */
    private List<Sent> sent;
    private Double rate;
    private Integer clients;

    /**
     * @param server   its address, with a slash at its end
     * @param suite    version and commit of the suite
     * @param progress hears a sentence for each row
     * @param folder   where every row is kept as soon as it is there
     * @throws Fault if there is no such server, or it has other weights than are named here
     */
    public LoadRun(LoadSettings settings, URI server, String suite, Consumer<String> progress, Optional<ResultFolder> folder) {
        this.settings = settings;
        this.server = server;
        this.suite = suite;
        this.progress = progress;
        this.folder = folder;
        model = ServerModel.ask(server);
        parameters = ofServer(settings.parameters(), model);
        requireWeights();
        requests = new Requests(settings, parameters, model.id());
        generator = new Generator(new HttpSender(server, requests::body, requests.limit()), Clock.MACHINE);
        playback = new Playback(requests.prompt(), settings.buffer());
    }

    /** What is not given is as the server says: its weights, its window, and how it runs the model. */
    private static Parameters ofServer(Parameters given, ServerModel model) {
        Map<Parameter, String> told = new EnumMap<>(Parameter.class);
        if (!given.isGiven(Parameter.MODEL)) {
            told.put(Parameter.MODEL, model.id());
        }
        if (!given.isGiven(Parameter.PATCH_LENGTH) && model.patchLength() > 0) {
            told.put(Parameter.PATCH_LENGTH, String.valueOf(model.patchLength()));
        }
        tell(told, Parameter.BACKEND, model.backend());
        tell(told, Parameter.PRECISION, model.precision());
        tell(told, Parameter.DECODING, model.decoding());
        return given.with(told);
    }

    private static void tell(Map<Parameter, String> told, Parameter parameter, String value) {
        if (value != null) {
            told.put(parameter, value);
        }
    }

    private void requireWeights() {
        String name = parameters.text(Parameter.MODEL);
        try (Weights weights = ModelSource.open(name)) {
            GenerationSettings.of(parameters).requireRows(weights.config(), name);
            if (!weights.hash().equals(model.sha256())) {
                throw Fault.usage("The server at " + server + " has other weights than -p model=" + name + ", so texts cannot be compared:"
                        + " name the checkpoint that it serves with -p model=.");
            }
        } catch (Fault e) {
            throw settings.parameters().isGiven(Parameter.MODEL) ? e : Fault.usage("The server has the model " + model.id()
                    + ", and this process needs the same weights to compare texts: name them with -p model=. " + e.getMessage(), e);
        }
    }

    /** Measures what HTTP and the client take alone. */
    public void measureFloor(List<String> launcher) {
        floor = Floor.measure(settings, launcher, progress);
        progress.accept("Without an engine the first patch takes " + Numbers.brief(floor.ttft().max()) + " ms at most.");
    }

    /** Loads the server. Texts are not compared yet. */
    public void measure() {
        prepare();
        for (Load load : settings.loads()) {
            send(load);
            keep();
        }
    }

    /** Measures what percentages are of, where there are any. */
    public void prepare() {
        if (settings.loads().stream().noneMatch(Load.OfCapacity.class::isInstance)) {
            return;
        }
        send(new Load.Clients(model.batch()));
        hasCapacity = true;
        capacity = keep().throughput();
        if (!(capacity > 0)) {
            throw Fault.failed("The server wrote no text in the time of " + rows.get(0).requests() + " requests: "
                    + rows.get(0).error() + ". Give rates in requests a second, or more requests.");
        }
    }

    /** Sends the requests of one row and waits for their ends. */
    public void send(Load load) {
        Phases phases = settings.phases();
        List<Wanted> wanted = requests.row(phases.all());
        rate = load instanceof Load.Rate fixed ? (Double) fixed.perSecond()
                : load instanceof Load.OfCapacity share ? (Double) (share.share() * capacity) : null;
        clients = load instanceof Load.Clients closed ? closed.number() : null;
        sent = rate == null ? generator.closed(wanted, clients, phases)
                : generator.open(wanted, settings.arrivals().offsets(wanted.size(), rate, settings.parameters().seed() + rows.size()),
                        phases);
    }

    /** The row of what was sent last. */
    public Row keep() {
        List<Answered> answered = sent.stream().map(Answered::of).toList();
        RowMeasurement measurement = new RowMeasurement(answered, settings.phases());
        Row row = measurement.row(rate, clients, settings.slo(), playback);
        rows.add(row);
        answers.add(answered);
        folder.ifPresent(kept -> {
            kept.write("row-" + (rows.size() > 1 || !hasCapacity ? String.valueOf(rows.size() - (hasCapacity ? 1 : 0)) : "capacity"),
                    measurement.times());
            kept.write(result(null));
        });
        progress.accept(row.load() + ": " + row.whole() + " of " + row.requests() + " texts, " + Numbers.brief(row.throughput())
                + " a second");
        return row;
    }

    /** Compares all texts. The server is not needed any more. */
    public LoadResult compare() {
        Set<Wanted> wanted = new LinkedHashSet<>();
        answers.forEach(row -> row.stream().filter(Answered::isWhole).forEach(answered -> wanted.add(answered.request().wanted())));
        progress.accept("Comparing the texts of " + wanted.size() + " pieces with what the engine writes alone.");
        Map<Wanted, String> texts = AloneTexts.of(wanted, parameters, requests);
        for (int i = 0; i < rows.size(); i++) {
            List<Answered> wrong = answers.get(i).stream().filter(Answered::isWhole)
                    .filter(answered -> !texts.get(answered.request().wanted()).equals(answered.text())).toList();
            rows.set(i, rows.get(i).compared(wrong.size(), wrong.isEmpty() ? null : example(wrong, texts)));
        }
        LoadResult result = result(wanted.size());
        folder.ifPresent(kept -> kept.write(result));
        return result;
    }

    private static String example(List<Answered> wrong, Map<Wanted, String> texts) {
        Wanted wanted = wrong.get(0).request().wanted();
        String is = wrong.get(0).text();
        String should = texts.get(wanted);
        int same = 0;
        while (same < Math.min(is.length(), should.length()) && is.charAt(same) == should.charAt(same)) {
            same++;
        }
        return wrong.size() + " texts are not those of the engine alone; the one of seed " + wanted.seed() + " with " + wanted.patches()
                + " patches differs from character " + (same + 1) + " on";
    }

    private LoadResult result(Integer compared) {
        List<Row> ladder = hasCapacity ? rows.subList(1, rows.size()) : rows;
        return new LoadResult(suite, server.toString(), model, parameters.asMap(), settings.lengths(), settings.arrivals().label(),
                settings.popularity().toString(), settings.slo(), settings.buffer(), compared, floor, hasCapacity ? rows.get(0) : null,
                List.copyOf(ladder), LoadResult.knee(ladder));
    }
}
