package io.notagenbench.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A class or a function that a pickle names. Python looks it up and calls it; here it is only a pair of words, because
 * nothing in this package can call anything. An object of it becomes an opaque value ({@link PickledObject}).
 *
 * <p>The rule below therefore does not protect this reader. It protects the person who loads the same file with Python
 * next: a file that would run something there is refused, and the message has the name.
 * <ul>
 * <li>Python's own library (the modules of {@code python-modules.txt}): only the data types and the few functions of
 *     {@link #LIBRARY} may be named or called, as sets, paths, {@code argparse.Namespace} and dates. Anything else is
 *     refused where it is named: {@code posix.system}, {@code builtins.eval}, {@code subprocess.Popen}, ...
 * <li>Every other module ({@code torch}, {@code numpy}, {@code omegaconf}, {@code __main__}, ...): it may be named, and
 *     an instance of it may be made from its fields (opcode {@code NEWOBJ}), since Python then calls none of its
 *     functions. It may be called (opcode {@code REDUCE}) if it is a class by its spelling, as an enumeration is: each
 *     part of its name begins with a capital letter. Of the functions only those may be called with which torch and
 *     numpy restore data ({@link #RESTORERS}).
 * <li>{@code getattr} may take a part of what was named, and the rule holds for the longer name.
 * <li>What a call has made is never called, and a class or a function never gets fields.
 * </ul>
 *
 * @param module as the pickle spells it
 * @param name   as the pickle spells it; with dots where it is a part of a class
 */
record PickledName(String module, String name) {

    /** Longer names are made to take time. */
    private static final int LONGEST = 300;

    /** Names of Python's library that a checkpoint may use; {@link #CLASSES} has more. */
    private static final Set<String> LIBRARY = names("""
            builtins: object type int float complex bool str bytes bytearray list tuple dict set frozenset slice range
            builtins: long unicode xrange getattr abs all any len max min pow round sorted sum
            collections: OrderedDict defaultdict deque Counter ChainMap UserDict UserList UserString
            argparse: Namespace
            pathlib: Path PosixPath WindowsPath PurePath PurePosixPath PureWindowsPath
            types: SimpleNamespace GenericAlias NoneType
            datetime: date datetime time timedelta timezone
            zoneinfo: ZoneInfo ZoneInfo._unpickle
            decimal: Decimal
            fractions: Fraction
            uuid: UUID SafeUUID
            random: Random
            array: array _array_reconstructor
            re: _compile Pattern RegexFlag
            time: struct_time
            logging: getLogger
            functools: partial
            operator: getitem or_
            itertools: count
            copyreg: _reconstructor __newobj__
            _codecs: encode
            """);

    /** Modules of Python's library whose classes may all be used: exceptions, and words of type annotations. */
    private static final Set<String> CLASSES = Set.of("builtins", "typing", "collections.abc", "numbers", "enum");

    /** Functions outside Python's library that restore data. */
    private static final Pattern RESTORERS = Pattern.compile("torch[.](_utils[.]_rebuild_\\w+"
            + "|_tensor[.]_rebuild_from_type(_v2)?|device|serialization[.]_get_layout)"
            + "|numpy[.](dtype|ndarray|core[.]multiarray[.](scalar|_reconstruct)|core[.]numeric[.]_frombuffer"
            + "|ma[.]core[.]_mareconstruct|random[.](_pickle[.]|bit_generator[.])?__\\w+)");

    /** Other names of the same modules, by version of Python and numpy. */
    private static final Map<String, String> ALIASES = Map.of("__builtin__", "builtins", "exceptions", "builtins",
            "copy_reg", "copyreg", "_operator", "operator", "pathlib._local", "pathlib", "_collections_abc",
            "collections.abc");

    private static final Set<String> PYTHON_MODULES = pythonModules();
    private static final String NOT_RUN = "; nothing of it was run. If you know who made the file, save its weights alone"
            + " in Python: torch.save(model.state_dict(), path)";

    /** @throws UnsafePickleException if a checkpoint may not use the name */
    static PickledName of(String module, String name) {
        PickledName named = new PickledName(module, name);
        if (module.length() > LONGEST || name.length() > LONGEST) {
            throw new UnsafePickleException("it refers to a name of more than " + LONGEST + " characters, '"
                    + named.shown() + "'");
        }
        if (!named.mayBeNamed()) {
            throw new UnsafePickleException("it refers to '" + named.shown()
                    + "', which a checkpoint does not need" + NOT_RUN);
        }
        return named;
    }

    private static Set<String> names(String lines) {
        return lines.lines().flatMap(line -> {
            String[] parts = line.split(": ");
            return Arrays.stream(parts[1].split(" ")).map(name -> parts[0] + "." + name);
        }).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> pythonModules() {
        try (InputStream in = PickledName.class.getResourceAsStream("python-modules.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Stream.of(line.split(" "))).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Module and name, fit for a sentence. */
    String shown() {
        return Printable.of(Printable.of(module) + "." + Printable.of(name));
    }

    /** Module and name, the same in every version of Python and numpy. */
    String canonical() {
        return canonicalModule() + "." + name;
    }

    private String canonicalModule() {
        return module.startsWith("numpy._core") ? "numpy.core" + module.substring("numpy._core".length())
                : ALIASES.getOrDefault(module, module);
    }

    private boolean isOfPython() {
        return PYTHON_MODULES.contains(module.split("[.]", 2)[0]);
    }

    private boolean mayBeNamed() {
        if (isOfPython()) {
            return LIBRARY.contains(canonical()) || CLASSES.contains(canonicalModule()) && isClass();
        }
        // A module reaches others that it imports: torch.serialization, os.system.
        String[] parts = name.split("[.]", -1);
        return Arrays.stream(parts).limit(parts.length - 1).noneMatch(PYTHON_MODULES::contains);
    }

    /** @throws UnsafePickleException if a checkpoint may not call it */
    void requireCallable() {
        if (!isOfPython() && !isClass() && !RESTORERS.matcher(canonical()).matches()) {
            throw new UnsafePickleException("Python would call the function '" + shown() + "' to load it" + NOT_RUN);
        }
    }

    /** Whether it is spelled as classes are. */
    private boolean isClass() {
        return Arrays.stream(name.split("[.]", -1)).map(part -> part.replaceFirst("^_+", ""))
                .allMatch(part -> !part.isEmpty() && Character.isUpperCase(part.codePointAt(0)));
    }

    /** A part of a class. */
    PickledName part(String attribute) {
        return of(module, name + "." + attribute);
    }
}
