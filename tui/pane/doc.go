// Package pane holds the widgets that screens are built from. They belong to
// the event loop alone and draw from their fields only. All sizes are cells;
// none draws outside its own, or lets a control character of a text through.
package pane
