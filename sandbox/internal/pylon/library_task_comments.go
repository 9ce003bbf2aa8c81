package pylon

import (
	"net/http"
)

// taskComments returns the comments of a task, oldest first.
func (o *Organization) taskComments(taskID string) []*taskComment {
	rows := []*taskComment{}
	for _, c := range o.library.comments.all() {
		if c.TaskID == taskID {
			rows = append(rows, c)
		}
	}
	return rows
}

func restListTaskComments(o *Organization, p idParams) (any, error) {
	on, err := o.tasks.find("Task", string(p.ID))
	if err != nil {
		return nil, err
	}
	return restData(o.taskComments(on.ID))
}

type createTaskCommentParams struct {
	TaskID     string `param:"id,required"`
	BodyHTML   string `param:"body_html,required"`
	IsInternal bool   `param:"is_internal"`
}

func restCreateTaskComment(o *Organization, p createTaskCommentParams) (any, error) {
	on, err := o.tasks.find("Task", p.TaskID)
	if err != nil {
		return nil, err
	}
	now := o.timestamp()
	created := &taskComment{
		ID: o.newID("task-comment"), TaskID: on.ID, BodyHTML: p.BodyHTML, IsInternal: p.IsInternal,
		Author: assigneeOf(&o.apiUserID), CreatedAt: now, UpdatedAt: now,
	}
	o.library.comments.add(created.ID, created)
	return restData(created)
}

type taskCommentParams struct {
	TaskID    string `param:"id,required"`
	CommentID string `param:"comment_id,required"`
}

// ownComment finds a comment that the token's user wrote: nobody else's may be
// changed.
func (o *Organization) ownComment(p taskCommentParams) (*taskComment, error) {
	if _, err := o.tasks.find("Task", p.TaskID); err != nil {
		return nil, err
	}
	found, err := o.library.comments.find("Comment", p.CommentID)
	if err != nil {
		return nil, err
	}
	if found.TaskID != p.TaskID {
		return nil, notFound("Comment")
	}
	if by := found.Author.User; by == nil || by.ID != o.apiUserID {
		return nil, forbidden("only the author of a comment may change it")
	}
	return found, nil
}

// forbidden refuses what the token's user may not do.
func forbidden(message string) *Error {
	return &Error{Status: http.StatusForbidden, Message: message, Code: "permission_denied"}
}

type updateTaskCommentParams struct {
	taskCommentParams

	BodyHTML string `param:"body_html,required"`
}

func restUpdateTaskComment(o *Organization, p updateTaskCommentParams) (any, error) {
	found, err := o.ownComment(p.taskCommentParams)
	if err != nil {
		return nil, err
	}
	now := o.timestamp()
	found.BodyHTML, found.UpdatedAt, found.LastEditedAt = p.BodyHTML, now, &now
	return restData(found)
}

func restDeleteTaskComment(o *Organization, p taskCommentParams) (any, error) {
	found, err := o.ownComment(p)
	if err != nil {
		return nil, err
	}
	o.library.comments.remove(found.ID)
	return restDone()
}
