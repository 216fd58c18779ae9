"""The rows MK7xx of the table of codes: what keeps outputs from being written into their folder."""

from __future__ import annotations

from mlkc.diag.code import Code
from mlkc.diag.diagnostic import Severity

_ERROR = Severity.ERROR
_WARNING = Severity.WARNING

EDITED_OUTPUT = Code("MK701", "edited-output", _ERROR, "A generated file was edited by hand")
FOREIGN_FILE = Code(
    "MK702", "foreign-file", _ERROR, "A file that mlkc did not write stands where an output goes"
)
EDITED_LEFTOVER = Code(
    "MK703", "edited-leftover", _ERROR, "A file that is no longer generated was edited by hand"
)
NO_PLAIN_FILE = Code(
    "MK704", "no-plain-file", _ERROR, "A folder, pipe, socket or device stands where an output goes"
)
FILE_FOR_FOLDER = Code("MK705", "file-for-folder", _ERROR, "A file stands where a folder of outputs goes")
SYMBOLIC_LINK = Code("MK706", "symbolic-link", _ERROR, "A symbolic link stands in the path of an output")
CLASHING_NAMES = Code("MK707", "clashing-names", _ERROR, "Two names that a disk may take for one")
UNREADABLE_MANIFEST = Code(
    "MK708", "unreadable-manifest", _ERROR, "The manifest of owned files can't be understood"
)
UNREADABLE_OUTPUT = Code("MK709", "unreadable-output", _ERROR, "A file or folder that may not be read")
READ_ONLY_FOLDER = Code("MK710", "read-only-folder", _ERROR, "A folder or file that may not be written to")
FULL_DISK = Code("MK711", "full-disk", _ERROR, "No room for the outputs")
LOCKED_FOLDER = Code("MK712", "locked-folder", _ERROR, "Another run holds the output folder")
INTERRUPTED_WRITE = Code(
    "MK713", "interrupted-write", _WARNING, "A run that wrote to the output folder did not end"
)
EXPOSED_PRIVATE_FILE = Code(
    "MK714", "exposed-private-file", _WARNING, "A private file that other users can open"
)
FAILED_WRITE = Code("MK715", "failed-write", _ERROR, "The system refused a step of writing")
UNFINISHED_RECOVERY = Code(
    "MK716", "unfinished-recovery", _ERROR, "An interrupted run can be neither finished nor taken back"
)
CHANGED_WHILE_WRITING = Code(
    "MK717", "changed-while-writing", _ERROR, "A file was changed by someone else during the run"
)

ALL: tuple[Code, ...] = (
    EDITED_OUTPUT,
    FOREIGN_FILE,
    EDITED_LEFTOVER,
    NO_PLAIN_FILE,
    FILE_FOR_FOLDER,
    SYMBOLIC_LINK,
    CLASHING_NAMES,
    UNREADABLE_MANIFEST,
    UNREADABLE_OUTPUT,
    READ_ONLY_FOLDER,
    FULL_DISK,
    LOCKED_FOLDER,
    INTERRUPTED_WRITE,
    EXPOSED_PRIVATE_FILE,
    FAILED_WRITE,
    UNFINISHED_RECOVERY,
    CHANGED_WHILE_WRITING,
)
