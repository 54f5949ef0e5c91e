package icstip.interop;

import java.io.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import sdmxdl.Attribute;
import sdmxdl.Codelist;
import sdmxdl.Component;
import sdmxdl.Flow;
import sdmxdl.Languages;
import sdmxdl.ResourceRef;
import sdmxdl.Structure;
import sdmxdl.format.DataCursor;
import sdmxdl.format.ObsParser;
import sdmxdl.format.xml.SdmxXmlStreams;

/** The reader of sdmx-dl (National Bank of Belgium). It knows no parents of codes. */
final class SdmxDl implements Reader {

    @Override
    public String name() {
        return "sdmx-dl";
    }

    @Override
    public List<Map<String, Object>> structures(File file, String language) throws Exception {
        List<Map<String, Object>> found = new ArrayList<>();
        for (Structure structure : parsed(file, language)) {
            found.add(Json.object(
                    "id", reference(structure.getRef()),
                    "name", structure.getName(),
                    "dimensions", components(structure.getDimensions()),
                    "time", structure.getTimeDimensionId(),
                    "measure", structure.getPrimaryMeasureId(),
                    "attributes", components(structure.getAttributes())));
        }
        return found;
    }

    @Override
    public List<Map<String, Object>> dataflows(File file, String language) throws Exception {
        List<Map<String, Object>> found = new ArrayList<>();
        for (Flow flow : SdmxXmlStreams.flow21(Languages.parse(language)).parseFile(file)) {
            found.add(Json.object(
                    "id", reference(flow.getRef()),
                    "name", flow.getName(),
                    "structure", reference(flow.getStructureRef())));
        }
        return found;
    }

    @Override
    public List<Map<String, Object>> codelists(File file, String language) throws Exception {
        List<Map<String, Object>> found = new ArrayList<>();
        for (Codelist codelist : SdmxXmlStreams.codelist21(Languages.parse(language)).parseFile(file)) {
            List<Map<String, Object>> codes = new ArrayList<>();
            codelist.getCodes().forEach((id, name) -> codes.add(Json.object("id", id, "name", name)));
            found.add(Json.object("id", reference(codelist.getRef()), "codes", codes));
        }
        return found;
    }

    @Override
    public List<Map<String, Object>> series(File file, File structures, String structure) throws Exception {
        Structure definition = parsed(structures, Languages.ANY_KEYWORD).stream()
                .filter(candidate -> reference(candidate.getRef()).equals(structure))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(structure));
        List<Map<String, Object>> found = new ArrayList<>();
        try (DataCursor cursor = SdmxXmlStreams.compactData21(definition, ObsParser::newDefault).parseFile(file)) {
            while (cursor.nextSeries()) {
                String key = cursor.getSeriesKey().toString();
                int observations = 0;
                while (cursor.nextObs()) {
                    observations++;
                }
                found.add(Json.object("key", key, "observations", observations));
            }
        }
        return found;
    }

    private static List<Structure> parsed(File file, String language) throws Exception {
        return SdmxXmlStreams.struct21(Languages.parse(language)).parseFile(file);
    }

    private static List<Map<String, Object>> components(Collection<? extends Component> components) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (Component component : components) {
            found.add(Json.object(
                    "id", component.getId(),
                    "name", component.getName(),
                    "codelist", component.isCoded() ? reference(component.getCodelist().getRef()) : null,
                    "level", component instanceof Attribute attribute ? attribute.getRelationship().name() : null));
        }
        return found;
    }

    private static String reference(ResourceRef<?> reference) {
        return reference.getAgency() + ":" + reference.getId() + "(" + reference.getVersion() + ")";
    }
}
