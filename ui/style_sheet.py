"""The small style sheet over Fusion; colours come from the tokens only."""

from __future__ import annotations

from string import Template

from outreach_app.paths import shipped_folder
from ui.tokens import Tokens

# ``kind`` (primary, quiet, rail, chip, choice ...) and ``tone`` (calm, notice, urgent) are properties that widgets set
_SHEET = Template("""
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px 8px; }
QPushButton, QToolButton {
  min-height: 30px; padding: 0 14px; border: 1px solid $field_line; border-radius: 6px;
  background: $surface; color: $text; outline: none; }
QToolButton { padding: 0 6px; }
QPushButton:hover, QToolButton:hover { background: $accent_soft; }
QPushButton:pressed, QToolButton:pressed { background: $accent_soft; border-color: $accent; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 0 13px; min-height: 28px; }
QToolButton:focus { padding: 0 5px; }
QPushButton:disabled, QToolButton:disabled { color: $muted; border-color: $line; background: $ground; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $line; color: $muted; border-color: $line; }
QPushButton[weight="big"] { min-height: 42px; padding: 0 20px; font-size: 12.5pt; }
QPushButton[kind="huge"] { min-height: 68px; padding: 0 20px; border-radius: 10px; }
QPushButton[kind="huge"]:focus { min-height: 66px; padding: 0 19px; }
QPushButton[kind="quiet"], QToolButton[kind="quiet"] {
  background: transparent; border-color: transparent; color: $accent; }
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover { background: $accent_soft; }
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus { border-color: $accent; }
QPushButton[kind="quiet"]:disabled { color: $muted; }
QPushButton[kind="disclosure"] {
  text-align: left; background: transparent; border: 2px solid transparent; color: $accent; padding: 0 6px 0 0; }
QPushButton[kind="disclosure"]:focus { border-color: $accent; padding: 0 6px 0 0; }
QPushButton[kind="rail"] {
  text-align: left; border: 2px solid transparent; background: transparent; color: $text;
  padding: 0 10px; min-height: 26px; border-radius: 6px; }
QPushButton[kind="rail"]:hover { background: $surface; }
QPushButton[kind="rail"]:checked { background: $accent_soft; color: $accent; font-weight: 600; }
QPushButton[kind="rail"]:focus { border-color: $accent; }
QPushButton[kind="choice"] { padding: 0 11px; min-height: 28px; }
QPushButton[kind="choice"]:checked {
  background: $accent_soft; border-color: $accent; color: $accent; }
QPushButton[kind="choice"]:focus { padding: 0 10px; min-height: 26px; border: 2px solid $accent; }
QPushButton[kind="answer"] { padding: 0 6px; min-height: 22px; border-color: transparent; border-radius: 5px;
  background: transparent; color: $muted; }
QPushButton[kind="answer"]:hover { background: $accent_soft; }
QPushButton[kind="answer"]:checked {
  background: $accent_soft; color: $accent; border-color: $accent; font-weight: 600; }
QFrame[kind="signRow"] { border: 1px solid $line; border-radius: 6px; background: $surface; }
QFrame[kind="signRow"]:focus { border: 2px solid $accent; }
QPushButton[kind="chip"] {
  min-height: 26px; border-radius: 14px; padding: 0 10px; background: $accent_soft; border-color: $accent_soft; }
QPushButton[kind="chip"]:hover { border-color: $accent; }
QPushButton[kind="chip"]:checked { border-color: $accent; color: $accent; }
QPushButton[kind="chip"]:focus { border: 2px solid $accent; padding: 0 9px; min-height: 24px; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QAbstractSpinBox {
  background: $surface; color: $text; border: 1px solid $field_line; border-radius: 6px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: 30px; padding: 0 8px; }
QPlainTextEdit, QTextEdit { padding: 4px 6px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
  border: 2px solid $accent; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { min-height: 28px; padding: 0 7px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 3px 5px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { background: $ground; border-color: $line; }
QAbstractSpinBox QLineEdit { border: none; min-height: 0; padding: 0 8px; background: transparent; }
QLineEdit > QToolButton { min-height: 0; padding: 0; border: none; background: transparent; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$icons/mark-down.svg"); width: 14px; height: 14px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 20px; background: transparent; }
QAbstractSpinBox::up-arrow { image: url("$icons/mark-up.svg"); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url("$icons/mark-down.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView, QMenu { background: $raised; color: $text; border: 1px solid $line; }
QMenu { padding: 4px; }
QMenu::item { padding: 6px 16px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QCheckBox, QRadioButton {
  min-height: 28px; spacing: 8px; border: 2px solid transparent; border-radius: 6px; padding: 0 3px;
  outline: none; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid $field_line; border-radius: 4px;
  background: $surface; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent;
  image: url("$icons/mark-ticked-$name.svg"); }
QCheckBox::indicator:disabled { border-color: $line; background: $ground; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QListView, QTreeView, QTableView {
  background: $surface; border: 1px solid $line; border-radius: 8px; padding: 2px; alternate-background-color: $ground;
  selection-background-color: $accent_soft; selection-color: $text; gridline-color: $line; outline: none; }
QListView:focus, QTreeView:focus, QTableView:focus { border: 2px solid $accent; padding: 1px; }
QListView::item { padding: 6px 8px; border-radius: 4px; }
QTableView::item { padding: 2px 8px; }
QListView::item:selected, QTableView::item:selected, QTreeView::item:selected {
  background: $accent_soft; color: $text; }
QHeaderView::section {
  background: $surface; color: $muted; border: none; border-bottom: 1px solid $line;
  padding: 6px 8px; font-weight: 600; }
QScrollArea { background: transparent; border: none; }
QScrollArea[kind="reading"] { border: 2px solid transparent; border-radius: 6px; }
QScrollArea[kind="reading"]:focus { border-color: $accent; }
QScrollArea > QWidget > QWidget[kind="plain"] { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 4px; margin: 2px; }
QScrollBar::handle:hover { background: $field_line; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none; border: none;
  width: 0; height: 0; }
QProgressBar { background: $line; border: none; border-radius: 4px; min-height: 8px; max-height: 8px; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QSplitter::handle { background: transparent; }
QFrame[kind="card"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[kind="raised"] { background: $raised; border: 1px solid $field_line; border-radius: 8px; }
QFrame[kind="line"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[kind="bar"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[kind="foot"] { background: $ground; border: none; border-top: 1px solid $line; }
QFrame[kind="banner"] { border-radius: 8px; border: 1px solid $line; background: $surface; }
QFrame[kind="banner"][tone="calm"] { background: $calm_soft; border-color: $calm; }
QFrame[kind="banner"][tone="notice"] { background: $notice_soft; border-color: $notice; }
QFrame[kind="banner"][tone="urgent"] { background: $urgent_soft; border-color: $urgent; }
QLabel[kind="practice"] { background: $notice; color: $surface; padding: 5px 16px; font-weight: 600; }
QFrame[kind="strip"] { background: $raised; border: none; border-top: 2px solid $line; }
QFrame[kind="strip"][tone="accent"] { border-top-color: $accent; }
QFrame[kind="strip"][tone="notice"] { background: $notice_soft; border-top-color: $notice; }
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="calm"] { color: $calm; }
QLabel[tone="notice"] { color: $notice; }
QLabel[tone="urgent"] { color: $urgent; }
QLabel[tone="accent"] { color: $accent; }
QLabel[kind="title"] { font-size: 15pt; font-weight: 600; }
QLabel[kind="section"] { font-size: 12.5pt; font-weight: 600; }
QLabel[kind="strong"] { font-weight: 600; }
QLabel[kind="small-caps"] { color: $muted; font-weight: 600; letter-spacing: 0.5px; }
QLabel[kind="badge"] {
  background: $accent_soft; color: $accent; border-radius: 9px; padding: 1px 7px; font-weight: 600; }
QLabel[kind="word"] {
  background: $ground; border: 1px solid $line; border-radius: 6px; padding: 8px 14px;
  font-size: 15pt; font-weight: 600; }
QLabel[kind="key"] {
  background: $ground; border: 1px solid $line; border-radius: 4px; padding: 2px 8px; font-weight: 600; }
QLabel[kind="number"] { font-size: 18pt; font-weight: 600; }
""")


def style_sheet(tokens: Tokens) -> str:
    """Return the style sheet in the colours of ``tokens``."""
    icons = shipped_folder("resources").joinpath("icons").as_posix()
    return _SHEET.substitute(tokens._asdict(), icons=icons)
