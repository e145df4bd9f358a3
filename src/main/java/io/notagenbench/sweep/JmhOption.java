package io.notagenbench.sweep;

import io.notagenbench.fault.Fault;
import io.notagenbench.results.Cell;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.runner.options.WarmupMode;

/**
 * What the options of JMH's command line may be, and which of them a cell of a sweep may have. JMH itself reads some
 * wrong values as others, and prints a stack trace for some.
 */
public final class JmhOption {

    /** The numbers of threads, which the suite leaves at one. */
    public static final List<String> THREADS = List.of("t", "tg");

    /**
     * The values of an option.
     *
     * @param holds whether a value is one of them
     * @param words to follow "allowed is"
     */
    private record Form(Predicate<String> holds, String words) {

        static Form whole(int least) {
            return new Form(value -> value.matches("\\d{1,10}") && Long.parseLong(value) >= least
                    && Long.parseLong(value) <= Integer.MAX_VALUE, "a whole number from " + least + " on");
        }

        static Form name(Stream<String> names) {
            List<String> list = names.toList();
            return new Form(value -> list.contains(value.toLowerCase(Locale.ROOT)), String.join(", ", list));
        }
    }

    private static final Form TIME = new Form(JmhOption::isTime, "a time, such as 500ms or 2s");
    /** A fork of another mode gives more than one number per sample, so forks could not be compared. */
    private static final Form SWEPT_MODE = new Form(List.of("thrpt", "avgt", "ss", "Throughput", "AverageTime", "SingleShotTime")
            ::contains, "avgt, thrpt, ss");

    private static final Map<String, Form> FORMS = new LinkedHashMap<>();
    private static final Map<String, Form> SWEPT = new LinkedHashMap<>();

    static {
        Stream.of("i", "bs", "wbs", "opi").forEach(name -> FORMS.put(name, Form.whole(1)));
        Stream.of(Cell.FORKS, "wf", "wi").forEach(name -> FORMS.put(name, Form.whole(0)));
        Stream.of("w", "r", "to").forEach(name -> FORMS.put(name, TIME));
        Stream.of("si", "gc", "foe").forEach(name -> FORMS.put(name, Form.name(Stream.of("true", "false"))));
        FORMS.put("bm", new Form(JmhOption::isMode, "thrpt, avgt, sample, ss, all"));
        FORMS.put("tu", Form.name(Stream.of("m", "s", "ms", "us", "ns")));
        FORMS.put("v", Form.name(Arrays.stream(VerboseMode.values()).map(JmhOption::lower)));
        FORMS.put("rf", Form.name(Arrays.stream(ResultFormatType.values()).map(JmhOption::lower)));
        FORMS.put("t", new Form(value -> value.equalsIgnoreCase("max") || Form.whole(1).holds.test(value), "1"));
        FORMS.put("tg", new Form(Form.whole(0).holds, "1"));
        FORMS.put(Cell.PROFILERS, new Form(value -> !value.isBlank(), "the name of a profiler, which -lprof lists"));
        Stream.of("o", "rff", "jvm").forEach(name -> FORMS.put(name, new Form(value -> !value.isBlank(), "a file")));
        FORMS.put("wm", new Form(names(WarmupMode.values())::contains, String.join(", ", names(WarmupMode.values()))));

        SWEPT.put(Cell.FORKS, Form.whole(1));
        for (String name : List.of("wf", "wi", "i", "opi", "w", "r", "to", "tu")) {
            SWEPT.put(name, FORMS.get(name));
        }
        SWEPT.put("bm", SWEPT_MODE);
        SWEPT.put(Cell.PROFILERS, new Form(value -> value.matches("\\S+(?: \\S+)*"), "the name of a profiler"));
    }

    private JmhOption() {
    }

    /**
     * Checks one option of JMH's command line; what it does not know is left to JMH.
     *
     * @param name without the dash
     * @throws Fault (usage) if its value is wrong
     */
    public static void check(String name, String value) {
        Form form = FORMS.get(name);
        if (form != null && !form.holds.test(value)) {
            throw Fault.usage("-" + name + " " + value + " is not possible: allowed is " + form.words + ".");
        }
    }

    /**
     * Checks one option of a sweep.
     *
     * @param name without the dash
     * @return the value
     * @throws Fault (usage) if a cell cannot have it, or its value is wrong
     */
    public static String checkInSweep(String name, String value) {
        if (THREADS.contains(name)) {
            throw severalThreads("JMH's -" + name + " " + value);
        }
        Form form = SWEPT.get(name);
        if (form == null) {
            throw Fault.usage("JMH's option " + name + " cannot be set in a sweep: allowed is " + String.join(", ", SWEPT.keySet())
                    + ".");
        }
        if (!form.holds.test(value)) {
            throw Fault.usage("JMH's option -" + name + " cannot be " + value + " in a sweep"
                    + (name.equals(Cell.FORKS) ? ", where each fork is a process of its own" : "") + ": allowed is " + form.words
                    + ".");
        }
        return value;
    }

    /**
     * The fault of more than one JMH thread.
     *
     * @param asked what asked for them
     */
    public static Fault severalThreads(String asked) {
        return Fault.usage(asked + " is not possible: threads of JMH would share a session of the model, which is of one thread."
                + " Choose -p threads=2 for more threads in the engine, or BatchBenchmark -p batch=2 for several pieces at"
                + " once.");
    }

    private static boolean isTime(String value) {
        try {
            TimeValue.fromString(value);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isMode(String value) {
        try {
            Mode.deepValueOf(value);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> names(Enum<?>... values) {
        return Arrays.stream(values).map(Enum::name).collect(Collectors.toList());
    }
}
