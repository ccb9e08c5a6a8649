package org.guiling.web.item;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.guiling.database.Hindrance;
import org.guiling.evidence.AddedEvidence;
import org.guiling.evidence.Evidence;
import org.guiling.evidence.EvidenceChanges;
import org.guiling.evidence.EvidenceFiles;
import org.guiling.evidence.EvidenceOffers;
import org.guiling.evidence.format.EvidenceProperties;
import org.guiling.item.Item;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.record.EvidenceType;
import org.guiling.organization.Organization;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.web.support.GuardedUpload;
import org.guiling.web.support.Problems;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** The files that show what was done at an item: adding, replacing and withdrawing them. */
@RestController
@RequestMapping("/api/items/{itemNo}/evidence")
@Tag(name = "evidence", description = "Files that show what was done (佐证材料)")
class EvidenceApi implements GuardedUpload {

    private static final String FILE = "file";

    private final EvidenceFiles evidence;
    private final EvidenceChanges changes;
    private final EvidenceOffers offers;
    private final EvidenceProperties properties;
    private final VisibleItems items;
    private final Organization organization;
    private final Problems problems;
    private final Texts texts;

    EvidenceApi(
            EvidenceFiles evidence,
            EvidenceChanges changes,
            EvidenceOffers offers,
            EvidenceProperties properties,
            VisibleItems items,
            Organization organization,
            Problems problems,
            Texts texts) {
        this.evidence = evidence;
        this.changes = changes;
        this.offers = offers;
        this.properties = properties;
        this.items = items;
        this.organization = organization;
        this.problems = problems;
        this.texts = texts;
    }

    /**
     * All of an item.
     *
     * @param originals whether {@code …/original} is there for whoever asks
     * @param files also what was withdrawn, the oldest first
     */
    record EvidenceList(
            String itemNo,
            Upload upload,
            boolean originals,
            List<MeasureDocument> measures,
            List<EvidenceDocument> files) {}

    /**
     * The limits of an upload.
     *
     * @param may whether whoever asks may add files
     * @param why why they may not; left out where they may
     * @param types the extensions of names
     * @param largestFile in bytes, like largestUpload, which is for one request with all its files
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Upload(boolean may, String why, List<String> types, long largestFile, long largestUpload, int mostFiles) {}

    /**
     * A measure of the plan on the checklist.
     *
     * @param evidence what the handler wrote about it; left out before
     * @param files how many are held for it
     * @param lacking whether it is shown by nothing yet
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MeasureDocument(
            int seq,
            String content,
            EvidenceType evidenceType,
            boolean done,
            String evidence,
            int files,
            boolean lacking) {}

    record Files(List<EvidenceDocument> files) {}

    /** @param itemNo of the item that holds it */
    record Offer(String itemNo, EvidenceDocument file) {}

    record Offers(List<Offer> offers) {}

    record Withdrawal(String reason) {}

    /** @param source the id of what is on offer */
    record Reuse(Long source, Integer measure, String note) {}

    @GetMapping
    @Operation(
            summary = "All evidence of an item, and what each measure still lacks",
            description = "Also what was withdrawn. upload says whether whoever asks may add files, and which.")
    EvidenceList list(@PathVariable String itemNo) {
        Item item = items.get(itemNo);
        return new EvidenceList(
                itemNo,
                upload(itemNo),
                evidence.mayReadOriginals(item),
                evidence.checklist(itemNo).stream()
                        .map(check -> new MeasureDocument(
                                check.measure().seq(),
                                check.measure().content(),
                                check.measure().evidenceType(),
                                check.measure().done(),
                                check.measure().evidence(),
                                check.files(),
                                check.lacking()))
                        .toList(),
                evidence.of(itemNo).stream().map(piece -> document(item, piece)).toList());
    }

    @Override
    public void requireMayUpload(String itemNo) {
        evidence.requireMayAdd(itemNo);
    }

    /** The parts of an upload, for the description of the interface. */
    private record Parts(
            @Schema(description = "Once or several times") List<MultipartFile> file,

            @Schema(description = "The number of the measure that they show")
            Integer measure,

            String note) {}

    /** The parts of another version, for the description of the interface. */
    private record VersionParts(MultipartFile file, String note) {}

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            summary = "Add files, all or none",
            description = "May be repeated: what the measure has already is answered with 200 and not added again.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                            schema = @Schema(implementation = Parts.class))))
    @ApiResponse(responseCode = "200", description = "Was there already", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "201", description = "Added", useReturnTypeSchema = true)
    ResponseEntity<Files> add(@PathVariable String itemNo, MultipartHttpServletRequest request) {
        // Before the body is read: whoever may not add anything fills no disk.
        evidence.requireMayAdd(itemNo);
        try (ReceivedFiles received = receive(request)) {
            List<AddedEvidence> added = changes.add(itemNo, measure(request), note(request), received.all());
            Item item = items.get(itemNo);
            HttpStatus status = added.stream().anyMatch(AddedEvidence::anew) ? HttpStatus.CREATED : HttpStatus.OK;
            return ResponseEntity.status(status)
                    .body(new Files(added.stream()
                            .map(one -> document(item, one.evidence()))
                            .toList()));
        }
    }

    @PostMapping(path = "/{id}/versions", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            summary = "Send another version of a file",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                            schema = @Schema(implementation = VersionParts.class))))
    @ApiResponse(responseCode = "200", description = "Was there already", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "201", description = "Added", useReturnTypeSchema = true)
    ResponseEntity<EvidenceDocument> replace(
            @PathVariable String itemNo, @PathVariable long id, MultipartHttpServletRequest request) {
        evidence.requireMayAdd(itemNo);
        try (ReceivedFiles received = receive(request)) {
            if (received.all().size() > 1) {
                throw RefusedException.invalid(FILE, "refusal.evidence.many", 1);
            }
            return answer(
                    itemNo,
                    changes.replace(itemNo, id, note(request), received.all().get(0)));
        }
    }

    @PostMapping("/{id}/withdrawal")
    @Operation(summary = "Withdraw a file: it counts no longer and stays in the record")
    EvidenceDocument withdraw(@PathVariable String itemNo, @PathVariable long id, @RequestBody Withdrawal withdrawal) {
        Evidence withdrawn = changes.withdraw(itemNo, id, withdrawal.reason());
        return document(items.get(itemNo), withdrawn);
    }

    @GetMapping("/offers")
    @Operation(
            summary = "What is held already and need not be uploaded again",
            description = "By parts of the item, by the item of which it is a part, and for other measures.")
    Offers offers(@PathVariable String itemNo, @RequestParam(required = false) Integer measure) {
        return new Offers(offers.offers(itemNo, measure).stream()
                .map(offer -> new Offer(offer.itemNo(), EvidenceDocument.of(offer, false, organization::personName)))
                .toList());
    }

    @PostMapping("/reuse")
    @Operation(summary = "Take over what is on offer, by reference: source, measure, note")
    @ApiResponse(responseCode = "200", description = "Was there already", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "201", description = "Added", useReturnTypeSchema = true)
    ResponseEntity<EvidenceDocument> reuse(@PathVariable String itemNo, @RequestBody Reuse reuse) {
        if (reuse.source() == null) {
            throw RefusedException.invalid("source", "problem.missing", "source");
        }
        return answer(itemNo, offers.takeOver(itemNo, reuse.source(), reuse.measure(), reuse.note()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooLarge(MaxUploadSizeExceededException e) {
        String detail = texts.get(
                "refusal.evidence.upload-large",
                properties.largestFile().toMegabytes(),
                properties.largestUpload().toMegabytes());
        return ResponseEntity.of(problems.of(
                        HttpStatus.PAYLOAD_TOO_LARGE, detail, List.of(new Problems.FieldError(FILE, detail))))
                .build();
    }

    /** Most often the connection broke, and nobody reads this; or the disk is full that holds files on their way. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> broken(MultipartException e, HttpServletRequest request) {
        Optional<Hindrance> hindrance = Hindrance.of(e);
        if (hindrance.isPresent()) {
            hindrance.get().log(request.getMethod() + " " + request.getRequestURI(), e);
            return ResponseEntity.of(
                            problems.of(HttpStatus.valueOf(hindrance.get().status())))
                    .build();
        }
        return ResponseEntity.of(problems.of(HttpStatus.BAD_REQUEST, texts.get("problem.body"), List.of()))
                .build();
    }

    private Upload upload(String itemNo) {
        String why = null;
        try {
            evidence.requireMayAdd(itemNo);
        } catch (RefusedException refused) {
            why = problems.text(refused);
        }
        return new Upload(
                why == null,
                why,
                properties.types().stream()
                        .sorted()
                        .flatMap(type -> type.extensions().stream())
                        .toList(),
                properties.largestFile().toBytes(),
                properties.largestUpload().toBytes(),
                properties.mostFiles());
    }

    private ReceivedFiles receive(MultipartHttpServletRequest request) {
        List<MultipartFile> parts = request.getFiles(FILE);
        if (parts.isEmpty()) {
            throw RefusedException.invalid(FILE, "problem.missing", FILE);
        }
        if (parts.size() > properties.mostFiles()) {
            throw RefusedException.invalid(FILE, "refusal.evidence.many", properties.mostFiles());
        }
        return new ReceivedFiles(parts, properties.incoming());
    }

    private static Integer measure(MultipartHttpServletRequest request) {
        String measure = request.getParameter("measure");
        try {
            return measure == null || measure.isBlank() ? null : Integer.valueOf(measure.strip());
        } catch (NumberFormatException e) {
            throw RefusedException.invalid("measure", "problem.value", "measure");
        }
    }

    /** The note of the upload; null where it is empty. */
    private static String note(MultipartHttpServletRequest request) {
        String note = request.getParameter("note");
        return note == null || note.isBlank() ? null : note.strip();
    }

    private ResponseEntity<EvidenceDocument> answer(String itemNo, AddedEvidence added) {
        EvidenceDocument document = document(items.get(itemNo), added.evidence());
        return added.anew()
                ? ResponseEntity.created(URI.create("/api/items/" + itemNo + "/evidence/" + document.id()))
                        .body(document)
                : ResponseEntity.ok(document);
    }

    private EvidenceDocument document(Item item, Evidence piece) {
        return EvidenceDocument.of(piece, evidence.mayChange(item, piece), organization::personName);
    }
}
