package io.notagenbench.device.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A card that answers what was written down for it, so that what is made of the answers can be tested without one. */
public final class RecordedCard implements NvmlDevice {

    public DeviceMemory memory = new DeviceMemory(8L << 30, 8L << 30);
    public List<ComputeProcess> processes = new ArrayList<>();
    public int utilisation;
    public long millijoules;
    public long milliwatts;
    public int smMegahertz;
    public int memoryMegahertz;
    public int celsius;
    public long throttleReasons;
    /** Of a card that tells nothing, as in some containers. */
    public boolean silent;
    /** Questions after its utilisation. */
    public int askedForUtilisation;

    @Override
    public Optional<DeviceMemory> memory() {
        return silent ? Optional.empty() : Optional.of(memory);
    }

    @Override
    public Optional<List<ComputeProcess>> processes() {
        return silent ? Optional.empty() : Optional.of(processes);
    }

    @Override
    public OptionalInt utilisationPercent() {
        askedForUtilisation++;
        return number(utilisation);
    }

    @Override
    public OptionalLong energyMillijoules() {
        return number(millijoules);
    }

    @Override
    public OptionalLong powerMilliwatts() {
        return number(milliwatts);
    }

    @Override
    public OptionalInt smMegahertz() {
        return number(smMegahertz);
    }

    @Override
    public OptionalInt memoryMegahertz() {
        return number(memoryMegahertz);
    }

    @Override
    public OptionalInt celsius() {
        return number(celsius);
    }

    @Override
    public OptionalLong throttleReasons() {
        return number(throttleReasons);
    }

    private OptionalInt number(int value) {
        return silent ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private OptionalLong number(long value) {
        return silent ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
