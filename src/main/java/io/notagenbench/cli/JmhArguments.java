package io.notagenbench.cli;

import io.notagenbench.fault.Fault;
import io.notagenbench.params.Assignment;
import io.notagenbench.sweep.JmhOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import joptsimple.OptionException;
import joptsimple.OptionParser;
import joptsimple.OptionSet;

/**
 * The texts of a JMH command line, as JMH's own parser finds them: JMH keeps {@code -p} to itself, and turns other
 * texts into values that no longer tell what was written.
 */
final class JmhArguments {

    static final List<String> WITH_VALUE = List.of("i", "bs", "r", "wi", "wbs", "w", "to", "t", "si", "gc", "foe", "v", "f", "wf", "o",
            "rff", "prof", "jvm", "jvmArgs", "jvmArgsAppend", "jvmArgsPrepend", "tu", "opi", "rf", "wm", "p");
    static final List<String> WITH_LIST = List.of("bm", "tg", "e", "wmb");
    static final List<String> FLAGS = List.of("l", "lp", "lrf", "lprof", "h");

    private final OptionSet options;

    private JmhArguments(OptionSet options) {
        this.options = options;
    }

    /** @throws Fault (usage) if an option is unknown, has no value or one that is wrong */
    static JmhArguments of(String... args) {
        OptionParser parser = new OptionParser();
        WITH_VALUE.forEach(name -> parser.accepts(name).withRequiredArg());
        WITH_LIST.forEach(name -> parser.accepts(name).withRequiredArg().withValuesSeparatedBy(','));
        FLAGS.forEach(parser::accepts);
        try {
            JmhArguments arguments = new JmhArguments(parser.parse(args));
            WITH_VALUE.forEach(name -> arguments.texts(name).forEach(text -> JmhOption.check(name, text)));
            WITH_LIST.forEach(name -> arguments.texts(name).forEach(text -> JmhOption.check(name, text)));
            return arguments;
        } catch (OptionException e) {
            throw Fault.usage(e.getMessage() + ". Help: java -jar benchmarks.jar -h.", e);
        }
    }

    /** Returns the values that were given for an option, in the order of the command line. */
    List<String> texts(String option) {
        return options.valuesOf(option).stream().map(String.class::cast).toList();
    }

    /**
     * Values of parameters by name, in the order given.
     *
     * @throws Fault (usage) if one is not {@code name=value}
     */
    Map<String, List<String>> parameters() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String text : texts("p")) {
            Assignment assignment = Assignment.parse(text);
            values.computeIfAbsent(assignment.name(), name -> new ArrayList<>()).addAll(assignment.values());
        }
        return values;
    }
}
